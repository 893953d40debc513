/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.metrics;

import static dev.ralph.metrics.RalphMetricNames.TAG_AGENT;
import static dev.ralph.metrics.RalphMetricNames.TAG_GATE;
import static dev.ralph.metrics.RalphMetricNames.TAG_KIND;
import static dev.ralph.metrics.RalphMetricNames.TAG_OPERATION;
import static dev.ralph.metrics.RalphMetricNames.TAG_OUTCOME;
import static dev.ralph.metrics.RalphMetricNames.TAG_REASON;
import static dev.ralph.metrics.RalphMetricNames.TAG_STATUS;
import static dev.ralph.metrics.RalphMetricNames.TAG_TYPE;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.CostKind;
import dev.ralph.FailureClass;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.RunId;
import dev.ralph.StopReason;
import dev.ralph.Usage;
import dev.ralph.internal.monitor.StoreCall;
import dev.ralph.internal.monitor.WorkMonitor;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Lease;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.RunUpdate;
import dev.ralph.spi.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts what happens on this node, from what steps record once they are committed. Thread-safe. */
final class MeteredWork implements WorkMonitor {

    private static final String NO_AGENT = "none";

    private final OwnMeters meters;
    private final RunsAtWork atWork;
    private final Consumer<String> budgets;
    private final TagValues agents = new TagValues();
    private final TagValues gates = new TagValues();
    private final RecordChange.Writer records = new Records();

    /**
     * Counts into meters; what can be known of beforehand stands at zero.
     *
     * @param known the agents of this node
     * @param budgets hears the name of each budget that is used
     */
    MeteredWork(OwnMeters meters, RunsAtWork atWork, List<String> known, Consumer<String> budgets) {
        this.meters = meters;
        this.atWork = atWork;
        this.budgets = budgets;
        meters.counter(RalphMeter.RUNS_SUBMITTED);
        meters.counter(RalphMeter.LEASE_LOSSES);
        meters.counter(RalphMeter.EVENTS_DROPPED);
        for (StopReason reason : StopReason.values()) {
            ended(reason, 0);
        }
        failed(NO_AGENT, small(StopReason.INTERNAL_ERROR), 0);
        known.forEach(id -> beginAtZero(agents.of(id)));
    }

    private void beginAtZero(String agent) {
        for (AttemptStatus status : AttemptStatus.values()) {
            if (status != AttemptStatus.IN_FLIGHT) {
                iterated(agent, status, 0);
            }
        }
        for (FailureClass failure : FailureClass.values()) {
            failed(agent, small(failure), 0);
        }
        for (CostKind kind : CostKind.values()) {
            spent(agent, kind, 0);
        }
        used(agent, Usage.ZERO);
    }

    @Override
    public void submitted() {
        meters.counter(RalphMeter.RUNS_SUBMITTED).increment();
    }

    @Override
    public void claimed(Claim.Granted claim) {
        atWork.stands(claim.lease().run(), claim.run().snapshot().progress(), claim.at());
    }

    @Override
    public void released(Lease lease) {
        atWork.left(lease.run());
    }

    @Override
    public void committed(Lease lease, Step step) {
        RunUpdate run = step.run();
        step.records().forEach(change -> change.writeTo(records));
        step.budgets().forEach(change -> budgets.accept(change.budget()));
        StopReason reason = run.reason();
        if (reason != null) {
            ended(reason, 1);
            meters.timer(RalphMeter.RUN_DURATION, TAG_STATUS, small(reason.status()))
                    .record(run.progress().runtimeAt(run.at()));
            if (reason == StopReason.INTERNAL_ERROR) {
                failed(NO_AGENT, small(reason), 1);
            }
        } else if (!step.release()) {
            atWork.stands(lease.run(), run.progress(), run.at());
        }
    }

    @Override
    public void budgetUsed(String name) {
        budgets.accept(name);
    }

    @Override
    public void leaseLost(RunId run) {
        meters.counter(RalphMeter.LEASE_LOSSES).increment();
    }

    @Override
    public void heard(RunId run) {
        atWork.heard(run);
    }

    @Override
    public void checkpointed(boolean made, Duration took) {
        meters.timer(RalphMeter.CHECKPOINTS, TAG_OUTCOME, made ? "made" : "failed")
                .record(took);
    }

    @Override
    public void storeCalled(StoreCall call, boolean answered, long nanos) {
        meters.timer(RalphMeter.STORE_CALLS, TAG_OPERATION, small(call), TAG_OUTCOME, answered ? "ok" : "error")
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void activityDropped() {
        meters.counter(RalphMeter.EVENTS_DROPPED).increment();
    }

    private void ended(StopReason reason, int runs) {
        meters.counter(RalphMeter.RUNS, TAG_STATUS, small(reason.status()), TAG_REASON, small(reason))
                .increment(runs);
    }

    private void failed(String agent, String type, int times) {
        meters.counter(RalphMeter.ERRORS, TAG_AGENT, agent, TAG_TYPE, type).increment(times);
    }

    private void iterated(String agent, AttemptStatus status, int times) {
        meters.counter(RalphMeter.ITERATIONS, TAG_AGENT, agent, TAG_OUTCOME, small(status))
                .increment(times);
    }

    private void spent(String agent, CostKind kind, double dollars) {
        meters.counter(RalphMeter.COST, TAG_AGENT, agent, TAG_KIND, small(kind)).increment(dollars);
    }

    private void used(String agent, Usage usage) {
        used(agent, "input", usage.input());
        used(agent, "output", usage.output());
        used(agent, "cache_read", usage.cacheRead());
        used(agent, "cache_write", usage.cacheWrite());
    }

    private void used(String agent, String kind, long tokens) {
        meters.counter(RalphMeter.TOKENS, TAG_AGENT, agent, TAG_KIND, kind).increment((double) tokens);
    }

    private static Duration between(Instant begin, @Nullable Instant end) {
        return end == null || end.isBefore(begin) ? Duration.ZERO : Duration.between(begin, end);
    }

    private static String small(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private final class Records implements RecordChange.Writer {

        @Override
        public void startAttempt(AttemptRecord attempt) {
            // It counts once it is settled.
        }

        @Override
        public void settleAttempt(AttemptRecord attempt) {
            String agent = agents.of(attempt.agent());
            meters.timer(RalphMeter.ATTEMPTS, TAG_AGENT, agent, TAG_OUTCOME, small(attempt.status()))
                    .record(between(attempt.startedAt(), attempt.endedAt()));
            if (attempt.failure() != null) {
                failed(agent, small(attempt.failure()), 1);
            }
            if (attempt.usage() != null) {
                used(agent, attempt.usage());
            }
            spent(agent, attempt.cost().kind(), attempt.cost().amount().doubleValue());
        }

        @Override
        public void addIteration(IterationRecord iteration) {
            iterated(agents.of(iteration.agent()), iteration.status(), 1);
        }

        @Override
        public void addGate(GateRecord gate) {
            meters.timer(
                            RalphMeter.GATES,
                            TAG_GATE,
                            gates.of(gate.gate()),
                            TAG_OUTCOME,
                            gate.passed() ? "passed" : "rejected")
                    .record(gate.took());
        }

        @Override
        public void addCheckpoint(CheckpointRecord checkpoint) {
            // Timed where it is made, since the record does not say how long that took.
        }
    }
}
