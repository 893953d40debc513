/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import dev.ralph.cache.Cache;
import dev.ralph.cache.Loaded;
import dev.ralph.cache.redis.RedisCacheConfig;
import dev.ralph.cache.redis.RedisCaches;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Ralph's cache with its defaults, but for the time a call waits for Redis: a second, as JetCache waits. */
final class RalphNode implements CacheNode {

    private final RedisCaches caches;
    private final Cache<byte[]> cache;

    private RalphNode(RedisCaches caches, Cache<byte[]> cache) {
        this.caches = caches;
        this.cache = cache;
    }

    static RalphNode open(String url, Duration ttl) {
        RedisCaches caches = RedisCaches.builder()
                .url(url)
                .config(RedisCacheConfig.DEFAULT.withCallTimeout(Duration.ofSeconds(1)))
                .build();
        return new RalphNode(caches, caches.region(BenchmarkRedis.REGION.withTtl(ttl, ttl)));
    }

    Cache<byte[]> cache() {
        return cache;
    }

    @Override
    public long read(String key, LongSupplier source) {
        byte[] value = cache.get(key, () -> loaded(source.getAsLong())).found().orElseThrow();
        return Numbered.number(value);
    }

    private static Loaded<byte[]> loaded(long number) {
        return Loaded.of(Numbered.value(number), number);
    }

    @Override
    public void changed(String key, long changes) {
        cache.invalidate(key, changes);
    }

    @Override
    public boolean holds(String key) {
        return cache.get(key).isPresent();
    }

    /** All keys: of one alone the memory would know that Redis is not to be asked for it. */
    @Override
    public void forget(String key) {
        cache.evictAll();
    }

    @Override
    public void close() {
        caches.close();
    }
}
