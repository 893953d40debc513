/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Caches of what people read: never of what decides. The SPI of caches, the one in this process, and what a cache with an
 * outer tier builds on.
 */
@NullMarked
package dev.ralph.cache;

import org.jspecify.annotations.NullMarked;
