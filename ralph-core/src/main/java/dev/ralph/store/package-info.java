/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The store that lives in the memory of one process, and what other stores are built of. */
@NullMarked
package dev.ralph.store;

import org.jspecify.annotations.NullMarked;
