/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tells whoever counts or shows it what happens on this node. Knows nothing of how that is done. */
@NullMarked
package dev.ralph.internal.monitor;

import org.jspecify.annotations.NullMarked;
