/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Contract tests for implementations of Ralph's service provider interfaces. */
@NullMarked
package dev.ralph.tck;

import org.jspecify.annotations.NullMarked;
