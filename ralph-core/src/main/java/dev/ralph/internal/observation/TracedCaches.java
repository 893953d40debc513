/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.observation;

import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheFigures;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Caches;
import dev.ralph.cache.OuterTierStatus;
import dev.ralph.health.HealthProbe;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Caches whose calls are observed. */
public final class TracedCaches implements Caches {

    private final Caches caches;
    private final Observations observations;

    private TracedCaches(Caches caches, Observations observations) {
        this.caches = caches;
        this.observations = observations;
    }

    /** The same caches, whose calls are observed if anything is. */
    public static Caches of(Caches caches, Observations observations) {
        return observations.enabled() ? new TracedCaches(caches, observations) : caches;
    }

    @Override
    public <V> Cache<V> region(CacheRegion<V> definition) {
        return new TracedCache<>(definition.name(), caches.region(definition), observations);
    }

    @Override
    public void evictAll() {
        caches.evictAll();
    }

    @Override
    public Map<String, CacheFigures> figures() {
        return caches.figures();
    }

    @Override
    public Optional<OuterTierStatus> outerTier() {
        return caches.outerTier();
    }

    @Override
    public List<HealthProbe> healthProbes() {
        return caches.healthProbes();
    }

    @Override
    public void close() {
        caches.close();
    }
}
