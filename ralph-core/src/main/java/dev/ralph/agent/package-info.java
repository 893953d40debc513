/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The built-in agent: any command-line program. */
@NullMarked
package dev.ralph.agent;

import org.jspecify.annotations.NullMarked;
