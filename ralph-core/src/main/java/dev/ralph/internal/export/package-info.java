/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Writes what is kept of a subject. */
@NullMarked
package dev.ralph.internal.export;

import org.jspecify.annotations.NullMarked;
