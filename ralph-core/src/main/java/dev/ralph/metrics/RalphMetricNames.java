/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.metrics;

/**
 * The names of all meters and of their tags, as Micrometer has them; each registry shows them in its own way. What each of
 * them means, and what Prometheus calls it, is the table of {@code docs/metrics.md}.
 */
public final class RalphMetricNames {

    /** Runs stored by this node. Counter. */
    public static final String RUNS_SUBMITTED = "ralph.runs.submitted";

    /** Runs this node ended. Counter; {@link #TAG_STATUS}, {@link #TAG_REASON}. */
    public static final String RUNS = "ralph.runs";

    /** Runtime of runs this node ended. Timer; {@link #TAG_STATUS}. */
    public static final String RUN_DURATION = "ralph.run.duration";

    /** Runs this node works on. Gauge. */
    public static final String RUNS_ACTIVE = "ralph.runs.active";

    /** The longest time a run at work has gone without a step and without output. Gauge, in seconds. */
    public static final String RUNS_IDLE = "ralph.runs.idle";

    /** Runtime so far of each run at work. Gauge, in seconds; {@link #TAG_TASK_ID}. */
    public static final String TASK_DURATION = "ralph.task.duration";

    /** Iterations recorded. Counter; {@link #TAG_AGENT}, {@link #TAG_OUTCOME}. */
    public static final String ITERATIONS = "ralph.iterations";

    /** Attempts settled. Timer; {@link #TAG_AGENT}, {@link #TAG_OUTCOME}. */
    public static final String ATTEMPTS = "ralph.attempts";

    /** Tokens that attempts reported. Counter; {@link #TAG_AGENT}, {@link #TAG_KIND}. */
    public static final String TOKENS = "ralph.tokens";

    /** What attempts were charged, in US dollars. Counter; {@link #TAG_AGENT}, {@link #TAG_KIND}. */
    public static final String COST = "ralph.cost";

    /** Gates that checked a claim. Timer; {@link #TAG_GATE}, {@link #TAG_OUTCOME}. */
    public static final String GATES = "ralph.gates";

    /** Checkpoints. Timer; {@link #TAG_OUTCOME}. */
    public static final String CHECKPOINTS = "ralph.checkpoints";

    /** Failed attempts, and runs that ended with an internal error. Counter; {@link #TAG_AGENT}, {@link #TAG_TYPE}. */
    public static final String ERRORS = "ralph.errors";

    /** Runs given up because their lease was lost. Counter. */
    public static final String LEASE_LOSSES = "ralph.lease.losses";

    /** Activity events that a listener was too slow for. Counter. */
    public static final String EVENTS_DROPPED = "ralph.events.dropped";

    /** Calls of the store. Timer; {@link #TAG_OPERATION}, {@link #TAG_OUTCOME}. */
    public static final String STORE_CALLS = "ralph.store.calls";

    /** Runs that are due and that nobody works on. Gauge. */
    public static final String QUEUE_DEPTH = "ralph.queue.depth";

    /** How long the one that is due longest has been. Gauge, in seconds. */
    public static final String QUEUE_AGE = "ralph.queue.age";

    /** Limit of a shared budget. Gauge; {@link #TAG_BUDGET}, {@link #TAG_UNIT}. */
    public static final String BUDGET_LIMIT = "ralph.budget.limit";

    /** What is settled of it. Gauge; {@link #TAG_BUDGET}, {@link #TAG_UNIT}. */
    public static final String BUDGET_CONSUMED = "ralph.budget.consumed";

    /** What attempts in flight have set aside of it. Gauge; {@link #TAG_BUDGET}, {@link #TAG_UNIT}. */
    public static final String BUDGET_RESERVED = "ralph.budget.reserved";

    /** Questions to a cache. Counter; {@link #TAG_CACHE}, {@link #TAG_RESULT}. */
    public static final String CACHE_REQUESTS = "ralph.cache.requests";

    /** Misses that the outer tier answered. Counter; {@link #TAG_CACHE}. */
    public static final String CACHE_OUTER_HITS = "ralph.cache.outer.hits";

    /** Values that had to be loaded. Function timer; {@link #TAG_CACHE}. */
    public static final String CACHE_LOADS = "ralph.cache.loads";

    /** Loads that failed. Counter; {@link #TAG_CACHE}. */
    public static final String CACHE_LOAD_FAILURES = "ralph.cache.load.failures";

    /** Invalidations and evictions of keys. Counter; {@link #TAG_CACHE}. */
    public static final String CACHE_INVALIDATIONS = "ralph.cache.invalidations";

    /** How often everything was dropped. Counter; {@link #TAG_CACHE}. */
    public static final String CACHE_GENERATIONS = "ralph.cache.generations";

    /** Answers past their time. Counter; {@link #TAG_CACHE}. */
    public static final String CACHE_STALE = "ralph.cache.stale";

    /** Values not kept for their version or an invalidation. Counter; {@link #TAG_CACHE}. */
    public static final String CACHE_REFUSED = "ralph.cache.refused";

    /** Values too large to keep. Counter; {@link #TAG_CACHE}. */
    public static final String CACHE_OVERSIZED = "ralph.cache.oversized";

    /** Bytes of the outer tier that could not be read. Counter; {@link #TAG_CACHE}. */
    public static final String CACHE_DECODE_FAILURES = "ralph.cache.decode.failures";

    /** Calls of the outer tier that failed or took too long. Counter; {@link #TAG_CACHE}. */
    public static final String CACHE_OUTER_FAILURES = "ralph.cache.outer.failures";

    /** Keys this process holds. Gauge; {@link #TAG_CACHE}. */
    public static final String CACHE_ENTRIES = "ralph.cache.entries";

    /** Whether the outer tier can be reached: 1 or 0. Gauge. */
    public static final String CACHE_CONNECTED = "ralph.cache.connected";

    /** Whether invalidations of other processes are heard: 1 or 0. Gauge. */
    public static final String CACHE_SUBSCRIBED = "ralph.cache.subscribed";

    /** Whether the outer tier is left alone because it did not answer: 1 or 0. Gauge. */
    public static final String CACHE_BREAKER_OPEN = "ralph.cache.breaker.open";

    /** Invalidations the outer tier could not be told of yet. Gauge. */
    public static final String CACHE_PENDING = "ralph.cache.pending";

    /** Invalidations passed on to and heard from other processes. Counter; {@link #TAG_DIRECTION}. */
    public static final String CACHE_MESSAGES = "ralph.cache.messages";

    /** What each health check found last: 1 up, 0.5 degraded, 0 down. Gauge; {@link #TAG_CHECK}. */
    public static final String HEALTH = "ralph.health";

    /** Id of an agent, {@code other}, or {@code none}. */
    public static final String TAG_AGENT = "agent";

    /** Name of a shared budget. */
    public static final String TAG_BUDGET = "budget";

    /** Region of the cache. */
    public static final String TAG_CACHE = "cache";

    /** Name of a health check. */
    public static final String TAG_CHECK = "check";

    /** {@code sent} or {@code received}. */
    public static final String TAG_DIRECTION = "direction";

    /** Name of a gate, or {@code other}. */
    public static final String TAG_GATE = "gate";

    /** Of tokens or money. */
    public static final String TAG_KIND = "kind";

    /** Method of the store. */
    public static final String TAG_OPERATION = "operation";

    /** How it ended. */
    public static final String TAG_OUTCOME = "outcome";

    /** A {@link dev.ralph.StopReason} in small letters. */
    public static final String TAG_REASON = "reason";

    /** {@code hit} or {@code miss}. */
    public static final String TAG_RESULT = "result";

    /** A {@link dev.ralph.RunStatus} in small letters. */
    public static final String TAG_STATUS = "status";

    /** Id of a run. */
    public static final String TAG_TASK_ID = "task_id";

    /** A {@link dev.ralph.FailureClass} in small letters, or {@code internal_error}. */
    public static final String TAG_TYPE = "type";

    /** {@code usd} or {@code tokens}. */
    public static final String TAG_UNIT = "unit";

    private RalphMetricNames() {}
}
