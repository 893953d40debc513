/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

import dev.ralph.health.HealthSource;
import java.util.Map;
import java.util.Optional;

/**
 * The caches of one orchestrator, a region for each kind of value. Thread-safe. Opening it may block; a tier outside this
 * process that cannot be reached delays no call for long and fails none: the loader is asked instead. So a probe of that tier
 * has no impact ({@link dev.ralph.health.HealthImpact#NONE}), and says {@link dev.ralph.health.CheckStatus#DEGRADED} at worst.
 */
public interface Caches extends HealthSource, AutoCloseable {

    /**
     * The region of this name, made at the first call. Later calls with an equal definition return the same.
     *
     * @throws dev.ralph.ConfigurationException if the name was defined otherwise before
     */
    <V> Cache<V> region(CacheRegion<V> definition);

    /**
     * Drops everything this process holds, of all regions, as after a subscription to invalidations that was broken: any of
     * it may be out of date. Loads under way are not kept in this process. A tier that processes share is not emptied: whoever
     * makes a change writes to it first, and then tells the others. Tells nobody; does not block.
     */
    void evictAll();

    /** What happened so far, by region. */
    Map<String, CacheFigures> figures();

    /**
     * How it stands with the tier outside this process. Does not block.
     *
     * @return empty if there is none, as by default
     */
    default Optional<OuterTierStatus> outerTier() {
        return Optional.empty();
    }

    /**
     * Frees what is held. Afterwards regions keep nothing, and every {@link Cache#get(String, java.util.function.Supplier)}
     * loads. Closing twice is allowed.
     */
    @Override
    void close();
}
