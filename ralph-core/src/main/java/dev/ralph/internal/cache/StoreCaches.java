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
import dev.ralph.log.LogText;
import dev.ralph.spi.ContentSeal;
import dev.ralph.spi.StoreListener;
import dev.ralph.spi.StoredRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of a store, and what a change makes out of date. Thread-safe. Saying so may wait for a tier outside this process,
 * as long as that tier allows itself; it throws nothing, whatever the caches do: the change has been made, and at worst the TTL
 * ends what is old.
 */
final class StoreCaches implements StoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(StoreCaches.class);
    private static final Duration LONGEST_NEGATIVE = Duration.ofSeconds(1);
    private static final double JITTER = 0.1;
    private static final int RUNS = 1_000;
    private static final int TASKS = 10_000;
    private static final int QUERIES = 200;
    private static final int LARGEST_RUN = 256_000;
    private static final int LARGEST_LIST = 1_000_000;
    private static final int MEGABYTE = 1_000_000;

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
     * @param seal seals what leaves this process, if the store seals its content: lists and costs, which are of many runs, and
     *     tell their labels, do not leave it then
     */
    StoreCaches(Caches caches, Optional<ContentSeal> seal, CacheTimes times) {
        this.caches = caches;
        this.runs = caches.region(CacheRegion.<StoredRun>local("runs", StoreCaches::weight, times.runs())
                .withCodec(CacheCodecs.runs(seal))
                .withTtl(times.runs(), negative(times.runs()))
                .withJitter(JITTER)
                .withLimits(RUNS, LARGEST_RUN)
                .withTotal(32 * MEGABYTE));
        this.tasks = caches.region(CacheRegion.<RunId>local("tasks", id -> ROW, times.runs())
                .withCodec(CacheCodecs.ids())
                .withTtl(times.runs(), negative(times.runs()))
                .withJitter(JITTER)
                .withLimits(TASKS, ROW)
                .withTotal(8 * MEGABYTE));
        this.lists = caches.region(CacheRegion.<Page<RunSnapshot>>local("lists", StoreCaches::weight, times.lists())
                .withCodec(seal.isPresent() ? null : CacheCodecs.lists())
                .withJitter(JITTER)
                .withLimits(QUERIES, LARGEST_LIST)
                .withTotal(16 * MEGABYTE));
        this.costs = caches.region(CacheRegion.<List<CostSum>>local("costs", sums -> ROW * sums.size(), times.costs())
                .withCodec(seal.isPresent() ? null : CacheCodecs.costs())
                .withJitter(JITTER)
                .withLimits(QUERIES, LARGEST_LIST)
                .withTotal(8 * MEGABYTE));
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
        int labels = snapshot.labels().entrySet().stream()
                .mapToInt(label -> 100 + text(label.getKey()) + text(label.getValue()))
                .sum();
        return ROW + labels + text(snapshot.taskId()) + text(snapshot.subject()) + text(snapshot.detail());
    }

    private static int text(@Nullable String text) {
        return text == null ? 0 : 2 * text.length();
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

    /** There is a run, and perhaps the first of its task id. */
    void created(RunId run, @Nullable String taskId) {
        tell(() -> runs.invalidate(run.toString(), 0));
        if (taskId != null) {
            tell(() -> tasks.invalidate(CacheKeys.ofTask(taskId)));
        }
        listsChanged();
    }

    /** There is a run already, which this process perhaps did not know of. */
    void found(RunId run, @Nullable String taskId) {
        advanced(run);
        if (taskId != null) {
            taskMoved(CacheKeys.ofTask(taskId));
        }
    }

    void changed(RunId run, long version) {
        tell(() -> runs.invalidate(run.toString(), version));
    }

    /** The run changed in what has no version, or perhaps did not. */
    void changed(RunId run) {
        tell(() -> runs.invalidate(run.toString()));
    }

    /** Runs came, or stand otherwise. */
    void listsChanged() {
        tell(lists::invalidateAll);
    }

    /** Runs are gone, and nobody says which. */
    void everythingChanged() {
        tell(runs::invalidateAll);
        tell(tasks::invalidateAll);
        tell(lists::invalidateAll);
        tell(costs::invalidateAll);
    }

    /** The run was seen to have ended, whoever ended it. */
    void ended(RunId run) {
        advanced(run);
        tell(lists::evictAll);
    }

    /** A task id no longer stands for the run it stood for. */
    void taskMoved(String key) {
        tell(() -> tasks.evict(key));
    }

    @Override
    public void commanded(RunId run) {
        advanced(run);
    }

    @Override
    public void advanced(RunId run) {
        tell(() -> runs.evict(run.toString()));
    }

    @Override
    public void missed() {
        tell(caches::evictAll);
    }

    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.warn(
                    "A cache could not be told what is out of date; it may answer that until its time is over: {}",
                    LogText.line(e));
        }
    }
}
