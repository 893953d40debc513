/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Turns specs, states and events into the bytes a store keeps, and back. The only place that knows Jackson. */
@NullMarked
package dev.ralph.internal.codec;

import org.jspecify.annotations.NullMarked;
