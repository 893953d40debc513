/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.AgentStatus;
import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheFigures;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Caches;
import dev.ralph.cache.Loaded;
import dev.ralph.internal.cache.CacheTimes;
import dev.ralph.internal.cache.CachingStore;
import dev.ralph.internal.worker.Agents;
import dev.ralph.spi.Store;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What people read, which may be some seconds old, and what runs are worked on with, which may not.
 *
 * @param store for people
 * @param work for everything that decides
 * @param agents what the agents of this node say of themselves
 * @param figures what the caches did
 */
record Readings(
        Store store, Store work, Supplier<List<AgentStatus>> agents, Supplier<Map<String, CacheFigures>> figures) {

    private static final String AGENTS = "agents";

    /** Nothing is cached. */
    static Readings direct(Store store, Agents agents) {
        return new Readings(store, store, agents::probe, Map::of);
    }

    /** What people read comes out of caches. */
    static Readings cached(Store store, Agents agents, Caches caches, CacheTimes times, Owned owned) {
        CachingStore.Opened opened = CachingStore.open(store, caches, times);
        owned.add(opened.subscription());
        Cache<List<AgentStatus>> probes =
                caches.region(CacheRegion.local(AGENTS, statuses -> 1_000 * statuses.size(), times.probes()));
        return new Readings(
                opened.store(),
                opened.store().direct(),
                () -> Objects.requireNonNull(
                        probes.get(AGENTS, () -> Loaded.of(agents.probe())).value()),
                caches::figures);
    }
}
