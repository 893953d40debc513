/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.metrics;

import dev.ralph.metrics.RalphMetricNames;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every meter, with its unit, its text for people, and the buckets of its histogram if it is a timer. */
enum RalphMeter {
    RUNS_SUBMITTED(RalphMetricNames.RUNS_SUBMITTED, "Runs stored by this node"),
    RUNS(RalphMetricNames.RUNS, "Runs this node ended"),
    RUN_DURATION(RalphMetricNames.RUN_DURATION, "Runtime of runs this node ended", Buckets.RUNS),
    RUNS_ACTIVE(RalphMetricNames.RUNS_ACTIVE, "Runs this node works on"),
    RUNS_IDLE(
            RalphMetricNames.RUNS_IDLE,
            Unit.SECONDS,
            "Longest time that a run this node works on has gone without a step and without output"),
    TASK_DURATION(RalphMetricNames.TASK_DURATION, Unit.SECONDS, "Runtime so far of each run this node works on"),
    ITERATIONS(RalphMetricNames.ITERATIONS, "Iterations recorded"),
    ATTEMPTS(RalphMetricNames.ATTEMPTS, "Attempts settled", Buckets.WORK),
    TOKENS(RalphMetricNames.TOKENS, "Tokens that attempts reported"),
    COST(RalphMetricNames.COST, Unit.USD, "US dollars that attempts were charged"),
    GATES(RalphMetricNames.GATES, "Gates that checked a claim", Buckets.WORK),
    CHECKPOINTS(RalphMetricNames.CHECKPOINTS, "Checkpoints made and published", Buckets.FILES),
    ERRORS(RalphMetricNames.ERRORS, "Failed attempts, and runs that ended with an internal error"),
    LEASE_LOSSES(RalphMetricNames.LEASE_LOSSES, "Runs given up because their lease was lost"),
    EVENTS_DROPPED(RalphMetricNames.EVENTS_DROPPED, "Activity events that a listener was too slow for"),
    STORE_CALLS(RalphMetricNames.STORE_CALLS, "Calls of the store", Buckets.CALLS),
    QUEUE_DEPTH(RalphMetricNames.QUEUE_DEPTH, "Runs that are due and that nobody works on"),
    QUEUE_AGE(RalphMetricNames.QUEUE_AGE, Unit.SECONDS, "How long the run that is due longest has been"),
    BUDGET_LIMIT(RalphMetricNames.BUDGET_LIMIT, "Limit of a shared budget"),
    BUDGET_CONSUMED(RalphMetricNames.BUDGET_CONSUMED, "What is settled of a shared budget"),
    BUDGET_RESERVED(RalphMetricNames.BUDGET_RESERVED, "What attempts in flight have set aside of a shared budget"),
    CACHE_REQUESTS(RalphMetricNames.CACHE_REQUESTS, "Questions to a cache"),
    CACHE_OUTER_HITS(RalphMetricNames.CACHE_OUTER_HITS, "Misses that the outer tier answered"),
    CACHE_LOADS(RalphMetricNames.CACHE_LOADS, "Values that had to be loaded"),
    CACHE_LOAD_FAILURES(RalphMetricNames.CACHE_LOAD_FAILURES, "Loads that failed"),
    CACHE_INVALIDATIONS(RalphMetricNames.CACHE_INVALIDATIONS, "Invalidations and evictions of keys"),
    CACHE_GENERATIONS(RalphMetricNames.CACHE_GENERATIONS, "How often everything was dropped"),
    CACHE_STALE(RalphMetricNames.CACHE_STALE, "Answers past their time"),
    CACHE_REFUSED(RalphMetricNames.CACHE_REFUSED, "Values not kept for their version or an invalidation"),
    CACHE_OVERSIZED(RalphMetricNames.CACHE_OVERSIZED, "Values too large to keep"),
    CACHE_DECODE_FAILURES(RalphMetricNames.CACHE_DECODE_FAILURES, "Bytes of the outer tier that could not be read"),
    CACHE_OUTER_FAILURES(RalphMetricNames.CACHE_OUTER_FAILURES, "Calls of the outer tier that failed or took too long"),
    CACHE_ENTRIES(RalphMetricNames.CACHE_ENTRIES, "Keys this process holds"),
    CACHE_CONNECTED(RalphMetricNames.CACHE_CONNECTED, "Whether the outer tier can be reached"),
    CACHE_SUBSCRIBED(RalphMetricNames.CACHE_SUBSCRIBED, "Whether invalidations of other processes are heard"),
    CACHE_BREAKER_OPEN(
            RalphMetricNames.CACHE_BREAKER_OPEN, "Whether the outer tier is left alone because it did not answer"),
    CACHE_PENDING(RalphMetricNames.CACHE_PENDING, "Invalidations the outer tier could not be told of yet"),
    CACHE_MESSAGES(RalphMetricNames.CACHE_MESSAGES, "Invalidations passed on to and heard from other processes"),
    HEALTH(RalphMetricNames.HEALTH, "What each health check found last: 1 up, 0.5 degraded, 0 down");

    private final String meterName;
    private final @Nullable String unit;
    private final String text;
    private final Buckets buckets;

    RalphMeter(String meterName, String text) {
        this(meterName, null, text, Buckets.NONE);
    }

    RalphMeter(String meterName, String unit, String text) {
        this(meterName, unit, text, Buckets.NONE);
    }

    RalphMeter(String meterName, String text, Buckets buckets) {
        this(meterName, null, text, buckets);
    }

    RalphMeter(String meterName, @Nullable String unit, String text, Buckets buckets) {
        this.meterName = meterName;
        this.unit = unit;
        this.text = text;
        this.buckets = buckets;
    }

    String meterName() {
        return meterName;
    }

    /** Null where the name says it, or where Micrometer does, as for timers. */
    @Nullable String unit() {
        return unit;
    }

    String text() {
        return text;
    }

    /** Upper bounds, in order. */
    List<Duration> buckets() {
        return buckets.bounds();
    }

    private static final class Unit {

        private static final String SECONDS = "seconds";
        private static final String USD = "usd";

        private Unit() {}
    }

    /** Upper bounds of histograms. Few, because each is a series of its own for each value of each tag. */
    private enum Buckets {
        NONE,
        CALLS,
        FILES,
        WORK,
        RUNS;

        private List<Duration> bounds() {
            return switch (this) {
                case NONE -> List.of();
                case CALLS -> millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000);
                case FILES -> millis(10, 50, 100, 250, 500, 1_000, 5_000, 30_000, 120_000);
                case WORK ->
                    millis(
                            100, 500, 1_000, 5_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_200_000,
                            3_600_000);
                case RUNS ->
                    millis(
                            1_000,
                            10_000,
                            30_000,
                            60_000,
                            300_000,
                            900_000,
                            1_800_000,
                            3_600_000,
                            7_200_000,
                            14_400_000,
                            43_200_000,
                            86_400_000);
            };
        }

        private static List<Duration> millis(long... bounds) {
            return Arrays.stream(bounds).mapToObj(Duration::ofMillis).toList();
        }
    }
}
