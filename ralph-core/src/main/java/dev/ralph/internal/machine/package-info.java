/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The pure core of the loop: what happens next is decided here, from values alone. No clock, no I/O, no randomness; time
 * and jitter come in as arguments. An architecture test keeps it so.
 */
@NullMarked
package dev.ralph.internal.machine;

import org.jspecify.annotations.NullMarked;
