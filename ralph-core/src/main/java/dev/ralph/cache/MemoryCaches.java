/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

import dev.ralph.ConfigurationException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Caches in the memory of this process alone: other processes' changes show by the TTL, or by evictions. */
public final class MemoryCaches implements Caches {

    private final LongSupplier nanoTime;
    private final DoubleSupplier random;
    private final Map<String, Region> regions = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private record Region(CacheRegion<?> definition, MemoryCache<?> cache) {}

    /** On the system's monotonic clock. */
    public MemoryCaches() {
        this(System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * For tests.
     *
     * @param nanoTime a monotonic clock
     * @param random draws from 0 to 1, for jitter
     */
    public MemoryCaches(LongSupplier nanoTime, DoubleSupplier random) {
        this.nanoTime = nanoTime;
        this.random = random;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V> Cache<V> region(CacheRegion<V> definition) {
        Region region = regions.computeIfAbsent(
                definition.name(),
                name -> new Region(
                        definition, new MemoryCache<>(definition, nanoTime, random, new CacheCounters(nanoTime))));
        if (!region.definition().equals(definition)) {
            throw new ConfigurationException("the cache region '" + definition.name()
                    + "' is defined twice, in different ways; give one of them another name");
        }
        if (closed) {
            region.cache().close();
        }
        // Equal definitions are of one type.
        return (Cache<V>) region.cache();
    }

    @Override
    public void evictAll() {
        regions.values().forEach(region -> region.cache().evictAll());
    }

    @Override
    public Map<String, CacheFigures> figures() {
        Map<String, CacheFigures> figures = new TreeMap<>();
        regions.forEach((name, region) -> figures.put(name, region.cache().figures()));
        return figures;
    }

    @Override
    public void close() {
        closed = true;
        regions.values().forEach(region -> region.cache().close());
    }
}
