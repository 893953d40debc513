/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The log of this program: what is taken out of each line, and errors that are reported. */
@NullMarked
package dev.ralph.samples.spring.log;

import org.jspecify.annotations.NullMarked;
