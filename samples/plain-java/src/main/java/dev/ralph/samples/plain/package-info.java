/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** A command-line host of Ralph. */
@NullMarked
package dev.ralph.samples.plain;

import org.jspecify.annotations.NullMarked;
