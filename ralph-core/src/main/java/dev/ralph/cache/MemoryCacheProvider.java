/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

import dev.ralph.spi.ProviderContext;

/** Makes {@link MemoryCaches}: id {@code memory}. */
public final class MemoryCacheProvider implements CacheProvider {

    /** For the service loader. */
    public MemoryCacheProvider() {}

    @Override
    public String id() {
        return "memory";
    }

    @Override
    public Caches create(ProviderContext context) {
        return new MemoryCaches();
    }
}
