/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.Cost;
import dev.ralph.GateRecord;
import dev.ralph.Reservation;
import dev.ralph.RunId;
import dev.ralph.RunSpec;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.Verification;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.BudgetChange;
import dev.ralph.spi.RecordChange;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes in one outcome: each method turns the state before into the state after and what is committed with it. */
final class OutcomeApplier implements Outcome.Visitor<Transition> {

    private final RunSpec spec;
    private final StateEdit edit;
    private final StepRecorder step;
    private final AttemptSettlement settlement;
    private final Arrival arrival;
    private final TakeUp takeUp;
    private final FailedAttempt failure;
    private final Commanded commanded;

    OutcomeApplier(RunId id, RunSpec spec, LoopState before) {
        this.spec = spec;
        this.edit = before.edit();
        this.step = new StepRecorder(id, edit);
        this.settlement = new AttemptSettlement(spec, edit, step);
        this.arrival = new Arrival(before, edit, step);
        this.takeUp = new TakeUp(spec, edit, step, settlement, arrival);
        this.failure = new FailedAttempt(spec, edit);
        this.commanded = new Commanded(edit, step);
    }

    @Override
    public Transition takenUp(Outcome.TakenUp outcome) {
        takeUp.by(outcome);
        return step.done();
    }

    @Override
    public Transition attemptStarted(Outcome.AttemptStarted outcome) {
        if (edit.phase instanceof Phase.Attempting) {
            throw new IllegalStateException("an attempt is in flight already: " + edit.phase);
        }
        Decision.Invoke invoke = outcome.invoke();
        Instant at = outcome.at();
        edit.open = edit.open == null
                ? new OpenIteration(invoke.iteration(), 1, at, outcome.fingerprint())
                : edit.open.nextAttempt();
        edit.phase = new Phase.Attempting(
                invoke.agent(),
                invoke.reservation(),
                at,
                outcome.fingerprint(),
                edit.inbox.guidance().size());
        edit.totals = edit.totals.withAttempt();
        edit.waiting = null;
        edit.reservationCap = null;
        step.record(new RecordChange.StartAttempt(new AttemptRecord(
                invoke.iteration(),
                invoke.attempt(),
                invoke.agent(),
                AttemptStatus.IN_FLIGHT,
                at,
                null,
                null,
                null,
                invoke.reservation(),
                null,
                Cost.UNKNOWN,
                null)));
        spec.budgets().forEach(name -> step.budget(new BudgetChange.Reserve(name, invoke.reservation())));
        step.event((run, seq) -> new StateEvent.AttemptStarted(
                run, seq, at, invoke.iteration(), invoke.attempt(), invoke.agent(), invoke.reservation()));
        return step.done();
    }

    @Override
    public Transition budgetRefused(Outcome.BudgetRefused outcome) {
        String name = outcome.budget().limit().name();
        if (outcome.budget().exhausted()) {
            edit.ending = Ending.of(StopReason.SHARED_BUDGET, "the shared budget '" + name + "' is used up");
            return step.done();
        }
        Reservation room = outcome.budget().room();
        Reservation cap = edit.reservationCap == null ? room : Allotment.smaller(edit.reservationCap, room);
        edit.reservationCap = cap;
        if (cap.tokens() == 0 || cap.cost().signum() == 0) {
            edit.reservationCap = null;
            edit.streaks = edit.streaks.waitedForBudget();
            edit.waiting = new WaitState(
                    outcome.at().plus(BackOff.delay(spec.retry(), edit.streaks.budgetWaits(), outcome.jitter())),
                    WaitState.Kind.BUDGET,
                    "the shared budget '" + name + "' is set aside for runs at work");
        }
        return step.done();
    }

    @Override
    public Transition attemptFinished(Outcome.AttemptFinished outcome) {
        Phase.Attempting attempt = settlement.inFlight();
        boolean changed = noteChange(attempt, outcome.fingerprint());
        settlement.settle(outcome.at(), AttemptStatus.SUCCEEDED, null, null, outcome.usage(), outcome.output());
        edit.agent(attempt.agent(), AgentState::succeeded);
        edit.streaks = Streaks.NONE;
        edit.progress = edit.progress.after(
                outcome.sketch(), changed, outcome.claimed(), spec.progress().similarity());
        edit.inbox = edit.inbox.delivered(attempt.guidance());
        settlement.recordIteration(
                outcome.at(),
                attempt.agent(),
                AttemptStatus.SUCCEEDED,
                outcome.claimed(),
                changed,
                outcome.cut(),
                outcome.preview());
        if (outcome.claimed() && spec.gates().isEmpty()) {
            edit.ending = new Ending(
                    StopReason.COMPLETED, Verification.UNVERIFIED, "claimed by the agent; the run has no gates");
        } else if (outcome.claimed()) {
            edit.phase = new Phase.Verifying();
        }
        return step.done();
    }

    @Override
    public Transition attemptFailed(Outcome.AttemptFailed outcome) {
        Phase.Attempting attempt = settlement.inFlight();
        boolean changed = noteChange(attempt, outcome.fingerprint());
        settlement.settle(
                outcome.at(),
                AttemptStatus.FAILED,
                outcome.failure(),
                outcome.message(),
                outcome.usage(),
                outcome.output());
        String problem = outcome.failure() + ": " + outcome.message();
        if (outcome.failure().rulesOutAgent()) {
            edit.agent(attempt.agent(), agent -> agent.ruledOut(outcome.failure(), problem));
        } else if (outcome.failure().isTransient()) {
            failure.turnedAway(attempt.agent(), outcome, problem);
        } else {
            edit.progress = changed ? NoProgress.NONE : edit.progress;
            settlement.recordIteration(outcome.at(), attempt.agent(), AttemptStatus.FAILED, changed);
            failure.failed(attempt.agent(), outcome, problem);
        }
        if (edit.open != null && edit.checkpoints.dirty()) {
            edit.whereabouts = edit.whereabouts.changedBy(edit.open.number());
        }
        return step.done();
    }

    @Override
    public Transition attemptInterrupted(Outcome.AttemptInterrupted outcome) {
        Phase.Attempting attempt = settlement.inFlight();
        boolean restorable = edit.checkpoints.covers(edit.recorded);
        boolean changed = noteChange(attempt, outcome.fingerprint());
        String message = switch (outcome.cause()) {
            case CANCELLED -> "cancelled";
            case SHUTDOWN -> "its node closed; the iteration is repeated";
            case TOKENS -> "it used up the run's tokens";
            case COST -> "it used up the run's money";
        };
        settlement.settle(outcome.at(), AttemptStatus.INTERRUPTED, null, message, outcome.usage(), outcome.output());
        switch (outcome.cause()) {
            case CANCELLED -> {}
            case SHUTDOWN -> settlement.leaveHalfDone(restorable);
            case TOKENS, COST ->
                settlement.recordIteration(outcome.at(), attempt.agent(), AttemptStatus.INTERRUPTED, changed);
        }
        return step.done();
    }

    @Override
    public Transition verified(Outcome.Verified outcome) {
        if (!(edit.phase instanceof Phase.Verifying)) {
            throw new IllegalStateException("no claim waits for gates, but " + edit.phase);
        }
        for (GateRecord gate : outcome.gates()) {
            step.record(new RecordChange.AddGate(gate));
            step.event((run, seq) -> new StateEvent.GateChecked(
                    run, seq, outcome.at(), gate.iteration(), gate.gate(), gate.passed(), gate.took()));
        }
        edit.phase = new Phase.Idle();
        if (outcome.gates().size() == spec.gates().size()
                && outcome.gates().stream().allMatch(GateRecord::passed)) {
            edit.ending = new Ending(StopReason.COMPLETED, Verification.VERIFIED, null);
        } else {
            edit.inbox = edit.inbox.withFeedback(outcome.gates().stream()
                    .filter(gate -> !gate.passed())
                    .map(gate -> "Gate '" + gate.gate() + "' rejected it:\n" + gate.feedback())
                    .collect(Collectors.joining(
                            "\n\n", "You claimed that the task is done. The claim was rejected:\n\n", "")));
            step.event((run, seq) -> new StateEvent.ClaimRejected(run, seq, outcome.at(), edit.recorded));
        }
        return step.done();
    }

    @Override
    public Transition checkpointed(Outcome.Checkpointed outcome) {
        CheckpointRecord made = outcome.checkpoint();
        edit.checkpoints = edit.checkpoints.made(made);
        edit.whereabouts = edit.whereabouts.published();
        step.record(new RecordChange.AddCheckpoint(made));
        step.event((run, seq) -> new StateEvent.CheckpointMade(
                run,
                seq,
                outcome.at(),
                made.number(),
                made.iteration(),
                made.ref(),
                made.commit(),
                outcome.leftOut(),
                outcome.leftOutCount()));
        return step.done();
    }

    @Override
    public Transition checkpointFailed(Outcome.CheckpointFailed outcome) {
        edit.checkpoints = edit.checkpoints.failedToMake();
        if (edit.whereabouts.moves()) {
            edit.whereabouts = edit.whereabouts.away(spec.retry(), outcome.at(), outcome.jitter(), outcome.message());
        }
        step.event((run, seq) ->
                new StateEvent.CheckpointFailed(run, seq, outcome.at(), edit.recorded, outcome.message()));
        return step.done();
    }

    @Override
    public Transition workspaceReached(Outcome.WorkspaceReached outcome) {
        edit.checkpoints = edit.checkpoints.possible(outcome.canCheckpoint());
        arrival.at(outcome.place(), outcome.at());
        return step.done();
    }

    @Override
    public Transition workspaceAway(Outcome.WorkspaceAway outcome) {
        edit.checkpoints = edit.checkpoints.failedToMake();
        edit.whereabouts = edit.whereabouts.away(spec.retry(), outcome.at(), outcome.jitter(), outcome.message());
        return step.done();
    }

    @Override
    public Transition restored(Outcome.Restored outcome) {
        edit.checkpoints = edit.checkpoints.restored();
        edit.whereabouts = edit.whereabouts.restored();
        step.event((run, seq) -> new StateEvent.WorkspaceRestored(run, seq, outcome.at(), outcome.number()));
        return step.done();
    }

    @Override
    public Transition waitBegan(Outcome.WaitBegan outcome) {
        Instant until = outcome.decision().until();
        String why = outcome.decision().detail();
        if (until == null) {
            edit.status = RunStatus.PAUSED;
            edit.clock = edit.clock.stop(outcome.at());
            step.event((run, seq) -> new StateEvent.RunPaused(run, seq, outcome.at()));
        } else {
            edit.status = RunStatus.WAITING;
            edit.waiting = new WaitState(until, edit.waiting == null ? WaitState.Kind.AGENT : edit.waiting.kind(), why);
            step.event((run, seq) -> new StateEvent.RunWaiting(run, seq, outcome.at(), until, why));
        }
        return step.done();
    }

    @Override
    public Transition handedBack(Outcome.HandedBack outcome) {
        edit.status = RunStatus.QUEUED;
        edit.clock = edit.clock.stop(outcome.at());
        step.event((run, seq) -> new StateEvent.RunHandedBack(run, seq, outcome.at(), outcome.node()));
        return step.done();
    }

    @Override
    public Transition broken(Outcome.Broken outcome) {
        if (edit.phase instanceof Phase.Attempting) {
            settlement.settle(
                    outcome.at(), AttemptStatus.INTERRUPTED, null, outcome.detail(), outcome.usage(), outcome.output());
            edit.checkpoints = edit.checkpoints.changed();
        }
        edit.phase = new Phase.Idle();
        edit.ending = Ending.of(outcome.reason(), outcome.detail());
        return step.done();
    }

    @Override
    public Transition finished(Outcome.Finished outcome) {
        Ending ending = outcome.ending();
        edit.ending = ending;
        edit.phase = new Phase.Ended(ending.reason() == StopReason.DEAD_LETTERED ? edit.phase : null);
        edit.status = ending.reason().status();
        edit.clock = edit.clock.stop(outcome.at());
        edit.endedAt = outcome.at();
        edit.waiting = null;
        step.event((run, seq) -> new StateEvent.RunEnded(
                run, seq, outcome.at(), ending.reason(), ending.verification(), ending.detail()));
        return step.done();
    }

    @Override
    public Transition commanded(Outcome.Commanded outcome) {
        if (outcome.number() <= edit.inbox.through()) {
            return step.done();
        }
        edit.inbox = edit.inbox.consumed(outcome.number());
        commanded.take(outcome.command(), outcome.at());
        return step.done();
    }

    /** Tells whether the iteration has changed the workspace, whichever of its attempts did it. */
    private boolean noteChange(Phase.Attempting attempt, @Nullable String after) {
        if (after == null || !after.equals(attempt.fingerprint())) {
            edit.checkpoints = edit.checkpoints.changed();
        }
        return edit.open != null && edit.open.changed(after);
    }
}
