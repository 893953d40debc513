/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.cache;

import dev.ralph.CostSum;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunSnapshot;
import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Caches;
import dev.ralph.internal.codec.CacheCodecs;
import dev.ralph.spi.ContentSeal;
import dev.ralph.spi.StoreListener;
import dev.ralph.spi.StoredRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is kept of a store, and what a change makes out of date. Thread-safe; nothing here blocks for another process. */
final class StoreCaches implements StoreListener {

    private static final Duration LONGEST_NEGATIVE = Duration.ofSeconds(1);
    private static final double JITTER = 0.1;
    private static final int RUNS = 1_000;
    private static final int TASKS = 10_000;
    private static final int QUERIES = 200;
    private static final int LARGEST_RUN = 256_000;
    private static final int LARGEST_LIST = 1_000_000;

    /** About what a snapshot takes beside its texts. */
    private static final int ROW = 500;

    private final Caches caches;
    private final Cache<StoredRun> runs;
    private final Cache<RunId> tasks;
    private final Cache<Page<RunSnapshot>> lists;
    private final Cache<List<CostSum>> costs;

    /**
     * Defines the regions.
     *
     * @param seal seals what leaves this process, if the store seals its content: lists, which are of many runs, do not leave
     *     it then
     */
    StoreCaches(Caches caches, Optional<ContentSeal> seal, CacheTimes times) {
        this.caches = caches;
        this.runs = caches.region(CacheRegion.<StoredRun>local("runs", StoreCaches::weight, times.runs())
                .withCodec(CacheCodecs.runs(seal))
                .withTtl(times.runs(), negative(times.runs()))
                .withJitter(JITTER)
                .withLimits(RUNS, LARGEST_RUN));
        this.tasks = caches.region(CacheRegion.<RunId>local("tasks", id -> ROW, times.runs())
                .withCodec(CacheCodecs.ids())
                .withTtl(times.runs(), negative(times.runs()))
                .withJitter(JITTER)
                .withLimits(TASKS, ROW));
        this.lists = caches.region(CacheRegion.<Page<RunSnapshot>>local("lists", StoreCaches::weight, times.lists())
                .withCodec(seal.isPresent() ? null : CacheCodecs.lists())
                .withJitter(JITTER)
                .withLimits(QUERIES, LARGEST_LIST));
        this.costs = caches.region(CacheRegion.<List<CostSum>>local("costs", sums -> ROW * sums.size(), times.costs())
                .withCodec(CacheCodecs.costs())
                .withJitter(JITTER)
                .withLimits(QUERIES, LARGEST_LIST));
    }

    private static Duration negative(Duration ttl) {
        return ttl.compareTo(LONGEST_NEGATIVE) < 0 ? ttl : LONGEST_NEGATIVE;
    }

    private static int weight(StoredRun run) {
        return weight(run.snapshot()) + run.spec().size() + run.state().size();
    }

    private static int weight(Page<RunSnapshot> page) {
        return page.items().stream().mapToInt(StoreCaches::weight).sum();
    }

    private static int weight(RunSnapshot snapshot) {
        String detail = snapshot.detail();
        return ROW + 100 * snapshot.labels().size() + (detail == null ? 0 : 2 * detail.length());
    }

    /** Rows by id. Claims and steps count as versions, since either changes what people see of it. */
    Cache<StoredRun> runs() {
        return runs;
    }

    /** Ids by {@link CacheKeys#ofTask}. */
    Cache<RunId> tasks() {
        return tasks;
    }

    /** Pages by query. */
    Cache<Page<RunSnapshot>> lists() {
        return lists;
    }

    /** Sums by query. */
    Cache<List<CostSum>> costs() {
        return costs;
    }

    /** What orders the rows of one run. */
    static long version(StoredRun run) {
        return version(run.snapshot().version(), run.epoch());
    }

    /** A step adds to the one and a claim to the other, so the sum never falls and differs after either. */
    static long version(long steps, long claims) {
        return steps + claims;
    }

    void changed(RunId run, long version) {
        runs.invalidate(run.toString(), version);
    }

    /** The run changed in what has no version, or perhaps did not. */
    void changed(RunId run) {
        runs.invalidate(run.toString());
    }

    /** Runs came, or stand otherwise. */
    void listsChanged() {
        lists.invalidateAll();
    }

    /** Runs are gone, and nobody says which. */
    void everythingChanged() {
        runs.invalidateAll();
        tasks.invalidateAll();
        lists.invalidateAll();
        costs.invalidateAll();
    }

    @Override
    public void commanded(RunId run) {
        runs.evict(run.toString());
    }

    @Override
    public void advanced(RunId run) {
        runs.evict(run.toString());
    }

    @Override
    public void missed() {
        caches.evictAll();
    }
}
