/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** The log of this program: where it goes, how it looks, and what is taken out of it. */
@NullMarked
package dev.ralph.samples.plain.log;

import org.jspecify.annotations.NullMarked;
