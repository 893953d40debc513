/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Options of the commands, and how their texts are read. */
@NullMarked
package dev.ralph.samples.plain.option;

import org.jspecify.annotations.NullMarked;
