/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The loop end to end: real processes, real git, real threads. */
@NullMarked
package dev.ralph.loop;

import org.jspecify.annotations.NullMarked;
