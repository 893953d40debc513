/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Caches in the Redis of the host. */
@NullMarked
package dev.ralph.spring.boot.redis;

import org.jspecify.annotations.NullMarked;
