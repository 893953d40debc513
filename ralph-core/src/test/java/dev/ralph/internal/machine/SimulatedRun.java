/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.BudgetStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.GateRecord;
import dev.ralph.GateRef;
import dev.ralph.IterationRecord;
import dev.ralph.OutputRecord;
import dev.ralph.RunId;
import dev.ralph.RunSpec;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.BudgetChange;
import dev.ralph.spi.Command;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.UsageReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Drives the machine by hand, as a worker would: asks what happens next, insists that it is what the test expects, and
 * applies what came of it. Keeps everything that was committed.
 */
final class SimulatedRun {

    static final RunId ID = RunId.parse("0199d6a0-0000-7000-8000-000000000001");
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final Duration LEASE = Duration.ofSeconds(30);

    /** What became of the output of every attempt that is seen to end. */
    static final OutputRecord OUTPUT = OutputRecord.kept("an-artifact", 7, true);

    private final LoopMachine machine;
    private final RunSpec spec;
    private final boolean git;
    private final List<Transition> steps = new ArrayList<>();
    private LoopState state;
    private Instant now = START;
    private long commands;
    private int edits;
    private int checkpointed;
    private @Nullable String place;

    private SimulatedRun(RunSpec spec, boolean git) {
        this.machine = new LoopMachine(ID, spec);
        this.spec = spec;
        this.git = git;
        this.state = LoopState.submitted(spec);
    }

    /** A run in the queue, over a workspace without git. */
    static SimulatedRun submitted(RunSpec spec) {
        return new SimulatedRun(spec, false);
    }

    /** A run a node has just taken up, over a workspace without git. */
    static SimulatedRun begun(RunSpec spec) {
        return submitted(spec).takenUp();
    }

    /** A run a node has just taken up, over a workspace in git. */
    static SimulatedRun begunOnGit(RunSpec spec) {
        return new SimulatedRun(spec, true).takenUp();
    }

    /** A run a node has just taken up, over a workspace that may move. */
    static SimulatedRun begunInPlace(String place, RunSpec spec) {
        SimulatedRun run = new SimulatedRun(spec, true);
        run.place = place;
        return run.takenUp();
    }

    /** Whoever takes it up next has its workspace in another place, where there is what was published. */
    SimulatedRun moves(String next) {
        place = next;
        edits = checkpointed;
        return this;
    }

    LoopState state() {
        return state;
    }

    Instant now() {
        return now;
    }

    SimulatedRun passes(Duration time) {
        now = now.plus(time);
        return this;
    }

    SimulatedRun apply(Outcome outcome) {
        Transition step = machine.apply(state, outcome);
        steps.add(step);
        state = step.state();
        return this;
    }

    /** The state goes through a store. */
    SimulatedRun stored(UnaryOperator<LoopState> storage) {
        state = storage.apply(state);
        return this;
    }

    /** What happens next, which must be of this kind. */
    <D extends Decision> D next(Class<D> kind) {
        Decision next = machine.next(state, now);
        assertThat(next).as("at %s in %s", now, state).isInstanceOf(kind);
        return kind.cast(next);
    }

    boolean idle() {
        return machine.idle(state, now);
    }

    SimulatedRun takenUp(String... ready) {
        return apply(new Outcome.TakenUp(
                now, "node-1", null, null, 0, List.of(ready), "no agent is set up", git, place, Metered.NOTHING));
    }

    /** Taken up when the last step was written then. */
    SimulatedRun takenUpAfterAStepAt(Instant lastStep) {
        return apply(new Outcome.TakenUp(
                now, "node-1", lastStep, null, 0, List.of(), "no agent is set up", git, place, Metered.NOTHING));
    }

    /** Taken up after so many nodes died with it before their first step. */
    SimulatedRun takenUpAfter(int lapses) {
        return apply(new Outcome.TakenUp(now, "node-3", null, now, lapses, List.of(), "", git, place, Metered.NOTHING));
    }

    boolean hopeless(int lapses) {
        return machine.hopeless(state, lapses);
    }

    /** The node dies; another takes the run up once the lease ran out and some more time passed. */
    SimulatedRun dies(Duration leaseLeft, Duration later, Metered reported, String... ready) {
        Instant lapsed = now.plus(leaseLeft);
        now = lapsed.plus(later);
        return apply(new Outcome.TakenUp(
                now, "node-2", null, lapsed, 1, List.of(ready), "no agent is set up", git, place, reported));
    }

    SimulatedRun dies() {
        return dies(LEASE, Duration.ofSeconds(5), Metered.partial(UsageReport.UNKNOWN));
    }

    SimulatedRun launch() {
        Decision.Invoke invoke = next(Decision.Invoke.class);
        return apply(new Outcome.AttemptStarted(now, invoke, fingerprint()));
    }

    /** The agent edits the workspace. */
    SimulatedRun edits() {
        edits++;
        return this;
    }

    /** The agent takes its last edit back. */
    SimulatedRun reverts() {
        edits--;
        return this;
    }

    /** The attempt in flight comes to its end by itself. */
    SimulatedRun settle(Reply reply) {
        passes(reply.took());
        edits += reply.edits() ? 1 : 0;
        return apply(new Outcome.AttemptFinished(
                now,
                reply.claims(),
                reply.text(),
                false,
                OutputSketch.of(reply.text()),
                fingerprint(),
                reply.usage(),
                OUTPUT));
    }

    /** The attempt in flight fails. */
    SimulatedRun settle(Failure failure) {
        passes(failure.took());
        edits += failure.edits() ? 1 : 0;
        return apply(new Outcome.AttemptFailed(
                now,
                failure.kind(),
                "it broke",
                failure.retryAfter(),
                fingerprint(),
                failure.usage(),
                failure.jitter(),
                OUTPUT));
    }

    /** Ralph cuts the attempt in flight off. */
    SimulatedRun cutOff(Outcome.Interruption cause, Metered usage) {
        return apply(new Outcome.AttemptInterrupted(now, cause, fingerprint(), usage, OUTPUT));
    }

    SimulatedRun iterate(Reply... replies) {
        for (Reply reply : replies) {
            launch().settle(reply);
        }
        return this;
    }

    SimulatedRun attempt(Failure failure) {
        return launch().settle(failure);
    }

    /** Runs the gates: all pass, or the one at this index rejects. */
    SimulatedRun verify(int rejecting, String feedback) {
        Decision.Verify verify = next(Decision.Verify.class);
        List<GateRecord> results = new ArrayList<>();
        for (GateRef gate : verify.gates()) {
            boolean passed = results.size() != rejecting;
            results.add(new GateRecord(
                    verify.iteration(), gate.name(), passed, passed ? "" : feedback, Duration.ofSeconds(1), null));
            passes(Duration.ofSeconds(1));
            if (!passed) {
                break;
            }
        }
        return apply(new Outcome.Verified(now, results));
    }

    SimulatedRun gatesPass() {
        return verify(-1, "");
    }

    SimulatedRun firstGateRejects(String feedback) {
        return verify(0, feedback);
    }

    SimulatedRun tell(Command command) {
        commands++;
        return apply(new Outcome.Commanded(now, commands, command));
    }

    /** Parks the run, as long as its decision says. */
    Decision.Wait park() {
        Decision.Wait wait = next(Decision.Wait.class);
        apply(new Outcome.WaitBegan(now, wait));
        return wait;
    }

    /** Waits a wait out. */
    Decision.Wait sleep() {
        Decision.Wait wait = park();
        now = Objects.requireNonNull(wait.until(), "a pause does not end by itself");
        takenUp();
        return wait;
    }

    SimulatedRun handBack() {
        return apply(new Outcome.HandedBack(now, "node-1"));
    }

    SimulatedRun refusedBy(BudgetStatus budget, double jitter) {
        next(Decision.Invoke.class);
        return apply(new Outcome.BudgetRefused(now, budget, jitter));
    }

    SimulatedRun checkpoint() {
        Decision.Checkpoint due = next(Decision.Checkpoint.class);
        checkpointed = edits;
        String ref = "refs/ralph/run/1/" + due.number();
        return apply(new Outcome.Checkpointed(
                now,
                new CheckpointRecord(due.number(), due.iteration(), ref, "commit-" + due.number(), now),
                List.of(),
                0));
    }

    SimulatedRun checkpointFails() {
        next(Decision.Checkpoint.class);
        return apply(new Outcome.CheckpointFailed(now, "no space left on device", 1));
    }

    /** A node takes the run up, but the workspace cannot be reached. */
    SimulatedRun takenUpAway() {
        return apply(new Outcome.TakenUp(
                        now, "node-1", null, null, 0, List.of(), "no agent is set up", false, null, Metered.NOTHING))
                .apply(new Outcome.WorkspaceAway(now, "no route to host", 1));
    }

    boolean staysInPlace() {
        return machine.staysInPlace(state, now);
    }

    boolean commitsWithCheckpoint() {
        return machine.checkpointToCommitWith(state, now).isPresent();
    }

    SimulatedRun restore() {
        Decision.Restore due = next(Decision.Restore.class);
        edits = checkpointed;
        return apply(new Outcome.Restored(now, due.number()));
    }

    SimulatedRun breaks(StopReason reason, Metered usage) {
        return apply(new Outcome.Broken(now, reason, "it is gone", usage, OUTPUT));
    }

    Ending ending() {
        return next(Decision.Finish.class).ending();
    }

    Ending finish() {
        Ending ending = ending();
        apply(new Outcome.Finished(now, ending));
        return ending;
    }

    String prompt(String task) {
        return PromptComposer.compose(spec, state, next(Decision.Invoke.class), task);
    }

    List<StateEvent> events() {
        return steps.stream().flatMap(step -> step.events().stream()).toList();
    }

    <E extends StateEvent> List<E> events(Class<E> kind) {
        return events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<BudgetChange> budgetChanges() {
        return steps.stream().flatMap(step -> step.budgets().stream()).toList();
    }

    List<IterationRecord> iterations() {
        return records(RecordChange.AddIteration.class)
                .map(RecordChange.AddIteration::iteration)
                .toList();
    }

    List<AttemptRecord> settled() {
        return records(RecordChange.SettleAttempt.class)
                .map(RecordChange.SettleAttempt::attempt)
                .toList();
    }

    private <R extends RecordChange> Stream<R> records(Class<R> kind) {
        return steps.stream()
                .flatMap(step -> step.records().stream())
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private String fingerprint() {
        return "tree-" + edits;
    }
}
