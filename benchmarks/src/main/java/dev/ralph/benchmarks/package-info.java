/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** What Ralph itself costs, measured with JMH. */
@NullMarked
package dev.ralph.benchmarks;

import org.jspecify.annotations.NullMarked;
