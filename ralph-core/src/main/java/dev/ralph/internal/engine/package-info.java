/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Puts the parts together: what a builder makes. */
@NullMarked
package dev.ralph.internal.engine;

import org.jspecify.annotations.NullMarked;
