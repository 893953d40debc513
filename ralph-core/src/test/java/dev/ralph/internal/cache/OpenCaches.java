/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.cache;

import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheFigures;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Cached;
import dev.ralph.cache.Caches;
import dev.ralph.cache.Loaded;
import dev.ralph.cache.MemoryCaches;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Caches in memory whose regions tests can see and write to, and which may fail whenever they are told something. */
final class OpenCaches implements Caches {

    private final MemoryCaches caches = new MemoryCaches();
    private final Map<String, CacheRegion<?>> definitions = new HashMap<>();
    private final boolean fails;

    OpenCaches(boolean fails) {
        this.fails = fails;
    }

    CacheRegion<?> definition(String name) {
        return Objects.requireNonNull(definitions.get(name));
    }

    /** What a tier outside might answer, whatever the region's types. */
    @SuppressWarnings("unchecked")
    void answer(String region, String key, Loaded<?> loaded) {
        Cache<Object> cache = (Cache<Object>) caches.region(definition(region));
        cache.put(key, (Loaded<Object>) loaded, Duration.ofHours(1));
    }

    @Override
    public <V> Cache<V> region(CacheRegion<V> definition) {
        definitions.put(definition.name(), definition);
        return fails ? new Failing<>(caches.region(definition)) : caches.region(definition);
    }

    @Override
    public void evictAll() {
        throw new IllegalStateException("broken");
    }

    @Override
    public Map<String, CacheFigures> figures() {
        return caches.figures();
    }

    @Override
    public void close() {
        caches.close();
    }

    private record Failing<V>(Cache<V> sound) implements Cache<V> {

        @Override
        public Optional<Cached<V>> get(String key) {
            return sound.get(key);
        }

        @Override
        public Cached<V> get(String key, Supplier<Loaded<V>> loader) {
            return sound.get(key, loader);
        }

        @Override
        public void put(String key, Loaded<V> loaded, Duration ttl) {
            sound.put(key, loaded, ttl);
        }

        @Override
        public void invalidate(String key, long version) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void invalidate(String key) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void invalidateAll() {
            throw new IllegalStateException("broken");
        }

        @Override
        public void evict(String key) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void evictAll() {
            throw new IllegalStateException("broken");
        }

        @Override
        public CacheFigures figures() {
            return sound.figures();
        }
    }
}
