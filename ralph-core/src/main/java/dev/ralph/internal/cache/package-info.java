/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The store's reads for people, out of a cache, and the writes that say what became out of date. */
@NullMarked
package dev.ralph.internal.cache;

import org.jspecify.annotations.NullMarked;
