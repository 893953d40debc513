/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Runs AI coding agents in a loop until the work is verifiably done or a limit is reached. */
@NullMarked
package dev.ralph;

import org.jspecify.annotations.NullMarked;
