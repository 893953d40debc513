/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Observes what Ralph does, with whatever registry the host has. */
@NullMarked
package dev.ralph.internal.observation;

import org.jspecify.annotations.NullMarked;
