/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A plug-in: the agent {@code script} and the gate {@code files}. */
@NullMarked
package dev.ralph.samples.custom;

import org.jspecify.annotations.NullMarked;
