/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Counts what happens in a region; the tiers of one region share it. Thread-safe; no method blocks. */
public final class CacheCounters {

    private final LongSupplier nanoTime;
    private final LongAdder hits = new LongAdder();
    private final LongAdder outerHits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder loadFailures = new LongAdder();
    private final LongAdder loadNanos = new LongAdder();
    private final LongAdder invalidations = new LongAdder();
    private final LongAdder generations = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder decodeFailures = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder oversized = new LongAdder();
    private final LongAdder outerFailures = new LongAdder();

    /**
     * Begins at zero.
     *
     * @param nanoTime a monotonic clock
     */
    public CacheCounters(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The same loader, whose calls are counted and timed. */
    public <V> Supplier<Loaded<V>> counting(Supplier<Loaded<V>> loader) {
        return () -> {
            loads.increment();
            long start = nanoTime.getAsLong();
            boolean failed = true;
            try {
                Loaded<V> loaded = loader.get();
                failed = false;
                return loaded;
            } finally {
                loadNanos.add(nanoTime.getAsLong() - start);
                if (failed) {
                    loadFailures.increment();
                }
            }
        };
    }

    public void outerHit() {
        outerHits.increment();
    }

    public void decodeFailure() {
        decodeFailures.increment();
    }

    public void outerFailure() {
        outerFailures.increment();
    }

    /** A value was too large for a tier. */
    public void oversized() {
        oversized.increment();
    }

    /** A value was not kept by a tier, for its version or an invalidation. */
    public void refused() {
        refused.increment();
    }

    void hit() {
        hits.increment();
    }

    void miss() {
        misses.increment();
    }

    void invalidated() {
        invalidations.increment();
    }

    void generation() {
        generations.increment();
    }

    void stale() {
        stale.increment();
    }

    /** As counted so far. */
    public CacheFigures figures(long entries) {
        return new CacheFigures(
                hits.sum(),
                outerHits.sum(),
                misses.sum(),
                loads.sum(),
                loadFailures.sum(),
                Duration.ofNanos(loadNanos.sum()),
                invalidations.sum(),
                generations.sum(),
                stale.sum(),
                decodeFailures.sum(),
                refused.sum(),
                oversized.sum(),
                outerFailures.sum(),
                entries);
    }
}
