/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.AgentStatus;
import dev.ralph.RunId;
import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheFigures;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Caches;
import dev.ralph.cache.Loaded;
import dev.ralph.cache.OuterTierStatus;
import dev.ralph.event.RunListener;
import dev.ralph.event.StateEvent;
import dev.ralph.internal.cache.CacheTimes;
import dev.ralph.internal.cache.CachingStore;
import dev.ralph.internal.worker.Agents;
import dev.ralph.spi.Store;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What people read, which may be some seconds old, and what runs are worked on with, which may not.
 *
 * @param store for people
 * @param work for everything that decides
 * @param ended is told of a run that was seen to have ended, before anybody else is: from then on nobody reads otherwise
 * @param agents what the agents of this node say of themselves
 * @param figures what the caches did
 * @param outerTier how it stands with their tier outside this process
 */
record Readings(
        Store store,
        Store work,
        Consumer<RunId> ended,
        Supplier<List<AgentStatus>> agents,
        Supplier<Map<String, CacheFigures>> figures,
        Supplier<Optional<OuterTierStatus>> outerTier) {

    private static final String AGENTS = "agents";
    private static final int AGENT_BYTES = 1_000;
    private static final int LARGEST_PROBE = 1_000_000;
    private static final int PROBES = 100;

    /** Nothing is cached. */
    static Readings direct(Store store, Agents agents) {
        return new Readings(store, store, run -> {}, agents::probe, Map::of, Optional::empty);
    }

    /** What people read comes out of caches. */
    static Readings cached(Store store, Agents agents, Caches caches, CacheTimes times, Owned owned) {
        CachingStore.Opened opened = CachingStore.open(store, caches, times);
        owned.add(opened.subscription());
        Cache<List<AgentStatus>> probes = caches.region(
                CacheRegion.<List<AgentStatus>>local(AGENTS, statuses -> AGENT_BYTES * statuses.size(), times.probes())
                        .withLimits(PROBES, LARGEST_PROBE)
                        .withTotal(LARGEST_PROBE));
        // Orchestrators of one host may share its caches, and have agents of their own.
        String own = UUID.randomUUID().toString();
        return new Readings(
                opened.store(),
                opened.store().direct(),
                opened.store()::ended,
                () -> Objects.requireNonNull(
                        probes.get(own, () -> Loaded.of(agents.probe())).value()),
                caches::figures,
                caches::outerTier);
    }

    /** The same listener, which reads of no run whose end it was told of that it goes on. */
    RunListener seeing(RunListener listener) {
        return event -> {
            if (event instanceof StateEvent.RunEnded end) {
                ended.accept(end.run());
            }
            listener.on(event);
        };
    }
}
