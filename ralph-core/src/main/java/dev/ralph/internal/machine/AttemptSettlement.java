/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.CostKind;
import dev.ralph.FailureClass;
import dev.ralph.IterationRecord;
import dev.ralph.OnInterrupted;
import dev.ralph.OutputRecord;
import dev.ralph.RunSpec;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.BudgetChange;
import dev.ralph.spi.RecordChange;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Brings the attempt in flight to its end: charges it, frees its reservation, and records the iteration it ends. */
final class AttemptSettlement {

    private final RunSpec spec;
    private final StateEdit edit;
    private final StepRecorder step;

    AttemptSettlement(RunSpec spec, StateEdit edit, StepRecorder step) {
        this.spec = spec;
        this.edit = edit;
        this.step = step;
    }

    /** The attempt in flight. */
    Phase.Attempting inFlight() {
        if (edit.phase instanceof Phase.Attempting attempting) {
            return attempting;
        }
        throw new IllegalStateException("no attempt is in flight, but " + edit.phase);
    }

    void settle(
            Instant at,
            AttemptStatus status,
            @Nullable FailureClass failure,
            @Nullable String message,
            Metered usage,
            @Nullable OutputRecord output) {
        Phase.Attempting attempt = inFlight();
        OpenIteration open = Objects.requireNonNull(edit.open, "open");
        Charge charge = Charge.of(
                neverRan(failure, usage) ? Metered.NOTHING : usage,
                attempt.reserved(),
                spec.limits().unknownUsage());
        edit.phase = new Phase.Idle();
        edit.totals = edit.totals.plus(charge);
        edit.streaks = status == AttemptStatus.ABANDONED ? edit.streaks : edit.streaks.settled();
        step.record(new RecordChange.SettleAttempt(new AttemptRecord(
                open.number(),
                open.attempts(),
                attempt.agent(),
                status,
                attempt.startedAt(),
                at,
                failure,
                message,
                attempt.reserved(),
                charge.usage(),
                charge.cost(),
                output)));
        spec.budgets()
                .forEach(name -> step.budget(new BudgetChange.Settle(
                        name, attempt.reserved(), charge.tokens(), charge.cost().amount())));
        step.event((run, seq) -> new StateEvent.AttemptSettled(
                run,
                seq,
                at,
                open.number(),
                open.attempts(),
                attempt.agent(),
                status,
                charge.usage(),
                charge.cost(),
                failure,
                message));
    }

    /** Records an iteration whose agent left no result. */
    void recordIteration(Instant at, String agent, AttemptStatus status, boolean changed) {
        recordIteration(at, agent, status, false, changed, false, "");
    }

    void recordIteration(
            Instant at,
            String agent,
            AttemptStatus status,
            boolean claimed,
            boolean changed,
            boolean cut,
            String preview) {
        OpenIteration open = Objects.requireNonNull(edit.open, "open");
        edit.open = null;
        edit.recorded = open.number();
        edit.checkpoints = edit.checkpoints.iterationRecorded();
        edit.whereabouts = edit.checkpoints.dirty() ? edit.whereabouts.changedBy(open.number()) : edit.whereabouts;
        step.record(new RecordChange.AddIteration(new IterationRecord(
                open.number(), open.attempts(), agent, status, claimed, changed, cut, open.startedAt(), at, preview)));
        step.event((run, seq) -> new StateEvent.IterationRecorded(run, seq, at, open.number(), claimed, changed, cut));
    }

    /** A program that is not there, or was refused before it began, used nothing, whether it says so or not. */
    private static boolean neverRan(@Nullable FailureClass failure, Metered usage) {
        return failure != null
                && usage.usage() == null
                && usage.cost().kind() == CostKind.UNKNOWN
                && (failure == FailureClass.NOT_INSTALLED
                        || failure == FailureClass.AUTHENTICATION
                        || failure == FailureClass.INVALID_ARGUMENT);
    }

    /** The attempt was cut off: what it edited stays, or is undone if the run wants that. */
    void leaveHalfDone(boolean restorable) {
        boolean restore = spec.onInterrupted() == OnInterrupted.ROLLBACK && restorable;
        edit.checkpoints = edit.checkpoints.changed().toRestore(restore);
    }
}
