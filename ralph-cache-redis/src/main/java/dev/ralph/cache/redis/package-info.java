/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A cache in the memory of each process, in front of one in Redis that processes share. */
@NullMarked
package dev.ralph.cache.redis;

import org.jspecify.annotations.NullMarked;
