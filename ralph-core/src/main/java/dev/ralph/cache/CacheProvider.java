/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

import dev.ralph.spi.Provider;

/** Makes caches. The id {@code none} is taken: it stands for caching nothing. */
public interface CacheProvider extends Provider<Caches> {}
