/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The built-in gate: a command that must succeed. */
@NullMarked
package dev.ralph.gate;

import org.jspecify.annotations.NullMarked;
