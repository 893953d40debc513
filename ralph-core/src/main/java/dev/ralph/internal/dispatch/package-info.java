/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Decides on which thread of this process a run is worked. */
@NullMarked
package dev.ralph.internal.dispatch;

import org.jspecify.annotations.NullMarked;
