/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.observation;

import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheFigures;
import dev.ralph.cache.Cached;
import dev.ralph.cache.Loaded;
import dev.ralph.observation.CallObservationContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A region whose calls are observed, as far as they may wait for something. */
final class TracedCache<V> implements Cache<V> {

    private static final String GET = "get";

    private final String region;
    private final Cache<V> cache;
    private final Observations observations;

    TracedCache(String region, Cache<V> cache, Observations observations) {
        this.region = region;
        this.cache = cache;
        this.observations = observations;
    }

    @Override
    public Optional<Cached<V>> get(String key) {
        return observations.call(() -> CallObservationContext.ofCache(region, GET), context -> {
            Optional<Cached<V>> answer = cache.get(key);
            context.ended(answer.isPresent() ? "hit" : "miss");
            return answer;
        });
    }

    @Override
    public Cached<V> get(String key, Supplier<Loaded<V>> loader) {
        return observations.call(() -> CallObservationContext.ofCache(region, GET), context -> {
            context.ended("hit");
            return cache.get(key, () -> {
                context.ended("loaded");
                return loader.get();
            });
        });
    }

    @Override
    public void put(String key, Loaded<V> loaded, Duration ttl) {
        observe("put", () -> cache.put(key, loaded, ttl));
    }

    @Override
    public void invalidate(String key, long version) {
        observe("invalidate", () -> cache.invalidate(key, version));
    }

    @Override
    public void invalidate(String key) {
        observe("invalidate", () -> cache.invalidate(key));
    }

    @Override
    public void invalidateAll() {
        observe("invalidateAll", cache::invalidateAll);
    }

    @Override
    public void evict(String key) {
        cache.evict(key);
    }

    @Override
    public void evictAll() {
        cache.evictAll();
    }

    @Override
    public CacheFigures figures() {
        return cache.figures();
    }

    private void observe(String operation, Runnable call) {
        observations.call(() -> CallObservationContext.ofCache(region, operation), context -> {
            call.run();
            context.ended("ok");
            return true;
        });
    }
}
