/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.metrics;

import dev.ralph.RunId;
import dev.ralph.RunProgress;
import dev.ralph.metrics.RalphMetricNames;
import io.micrometer.core.instrument.Meter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The runs this node works on, each with a gauge of its own as long as it does: the only meter that has the id of a run.
 * Thread-safe.
 */
final class RunsAtWork {

    private static final double NANOS = 1e9;

    private final OwnMeters meters;
    private final LongSupplier nanoTime;
    private final Map<RunId, AtWork> runs = new ConcurrentHashMap<>();

    RunsAtWork(OwnMeters meters, LongSupplier nanoTime) {
        this.meters = meters;
        this.nanoTime = nanoTime;
        meters.gauge(RalphMeter.RUNS_ACTIVE, runs::size);
        meters.gauge(RalphMeter.RUNS_IDLE, this::longestIdle);
    }

    /**
     * The run is at work here, and stands thus.
     *
     * @param at the store's time, by which the progress is reckoned
     */
    void stands(RunId run, RunProgress progress, Instant at) {
        runs.computeIfAbsent(run, this::begin).stands(progress, at);
    }

    void heard(RunId run) {
        AtWork work = runs.get(run);
        if (work != null) {
            work.lastSign = nanoTime.getAsLong();
        }
    }

    void left(RunId run) {
        AtWork work = runs.remove(run);
        if (work != null) {
            meters.remove(work.gauge);
        }
    }

    private AtWork begin(RunId run) {
        return new AtWork(run);
    }

    private double longestIdle() {
        long now = nanoTime.getAsLong();
        return runs.values().stream()
                        .mapToLong(work -> now - work.lastSign)
                        .max()
                        .orElse(0)
                / NANOS;
    }

    private final class AtWork {

        private volatile Clock clock = new Clock(Duration.ZERO, false, nanoTime.getAsLong());
        private volatile long lastSign = clock.since();
        private final Meter gauge;

        AtWork(RunId run) {
            gauge = meters.gauge(RalphMeter.TASK_DURATION, this::seconds, RalphMetricNames.TAG_TASK_ID, run.toString());
        }

        private void stands(RunProgress progress, Instant at) {
            long now = nanoTime.getAsLong();
            clock = new Clock(progress.runtimeAt(at), progress.clockSince() != null, now);
            lastSign = now;
        }

        private double seconds() {
            Clock now = clock;
            double since = now.runs() ? nanoTime.getAsLong() - now.since() : 0;
            return (now.runtime().toNanos() + since) / NANOS;
        }
    }

    /** The runtime at a moment, and whether it goes on from there. */
    private record Clock(Duration runtime, boolean runs, long since) {}
}
