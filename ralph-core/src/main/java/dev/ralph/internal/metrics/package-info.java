/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Counts with Micrometer what happens on this node. */
@NullMarked
package dev.ralph.internal.metrics;

import org.jspecify.annotations.NullMarked;
