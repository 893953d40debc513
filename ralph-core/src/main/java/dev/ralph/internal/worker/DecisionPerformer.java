/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.GateRecord;
import dev.ralph.InvalidPromptException;
import dev.ralph.LeaseLostException;
import dev.ralph.RalphException;
import dev.ralph.RunId;
import dev.ralph.RunSpec;
import dev.ralph.StopReason;
import dev.ralph.WorkspaceException;
import dev.ralph.internal.machine.Decision;
import dev.ralph.internal.machine.Ending;
import dev.ralph.internal.machine.Metered;
import dev.ralph.internal.machine.Outcome;
import dev.ralph.internal.machine.PromptComposer;
import dev.ralph.spi.Lease;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.StintEnd;
import dev.ralph.spi.UsageReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the machine decided for a run, tells the machine what came of it, and commits that; gives how the stint ends, if
 * it does. Used by the stint's thread only.
 */
final class DecisionPerformer implements Decision.Visitor<Optional<StintEnd>, InterruptedException> {

    private static final Logger LOG = LoggerFactory.getLogger(DecisionPerformer.class);

    private final WorkerServices services;
    private final RunId run;
    private final Lease lease;
    private final RunSpec spec;
    private final StintState state;
    private final StintWorkspace workspace;
    private final StintClock clock;
    private final InterruptSwitch interrupts;
    private final AttemptRunner attempts;

    DecisionPerformer(
            WorkerServices services,
            Lease lease,
            RunSpec spec,
            StintState state,
            StintWorkspace workspace,
            StintClock clock,
            InterruptSwitch interrupts) {
        this.services = services;
        this.run = lease.run();
        this.lease = lease;
        this.spec = spec;
        this.state = state;
        this.workspace = workspace;
        this.clock = clock;
        this.interrupts = interrupts;
        this.attempts = new AttemptRunner(services, spec, lease, clock, interrupts);
    }

    static boolean needsWorkspace(Decision decision) {
        return !(decision instanceof Decision.Wait) && !(decision instanceof Decision.Finish);
    }

    /**
     * Performs a decision; what goes wrong with it is the machine's to decide about.
     *
     * @throws LeaseLostException if the run belongs to another node now
     * @throws StepRejectedException if what came of it cannot be committed; the run is to be {@link #breakOff broken off}
     */
    Optional<StintEnd> perform(Decision decision) throws InterruptedException {
        try {
            if (needsWorkspace(decision) && workspace.held().isEmpty()) {
                reachWorkspace();
                return Optional.empty();
            }
            return decision.accept(this);
        } catch (WorkspaceException e) {
            return lost(e);
        } catch (LeaseLostException | StepRejectedException | UnansweredStepException e) {
            throw e;
        } catch (RuntimeException e) {
            if (decision instanceof Decision.Finish) {
                throw e;
            }
            String what = decision.getClass().getSimpleName();
            LOG.error("Run {}: {} failed", run, what, services.redactor().failure(e));
            if (decision instanceof Decision.Checkpoint) {
                state.apply(workspace.failed(detail(e)));
                return Optional.empty();
            }
            return broken(StopReason.INTERNAL_ERROR, detail(e));
        }
    }

    /**
     * Ends the run as it was committed last. There is no last checkpoint: it may be what cannot be committed.
     *
     * @throws StepRejectedException if not even that can be committed
     */
    StintEnd breakOff(StepRejectedException rejected) throws InterruptedException {
        state.apply(new Outcome.Broken(
                clock.now(), StopReason.INTERNAL_ERROR, detail(rejected), state.usedInFlight(rejected), null));
        StintEnd end = end(Objects.requireNonNull(state.get().ending(), "ending"));
        LOG.error("Run {}: broken off", run, services.redactor().failure(rejected));
        return end;
    }

    /** The run is left until the machine wants to go on with it. */
    StintEnd park() {
        Instant until = state.next() instanceof Decision.Wait wait ? wait.until() : clock.now();
        if (until == null || services.distributed()) {
            workspace.release();
        }
        if (until == null) {
            return new StintEnd.Parked(null);
        }
        Duration delay = Duration.between(clock.now(), until);
        return new StintEnd.Parked(delay.isNegative() ? Duration.ZERO : delay);
    }

    @Override
    public Optional<StintEnd> invoke(Decision.Invoke invoke) throws InterruptedException {
        WorkspaceSession session = workspace.session();
        String task;
        try {
            task = PromptText.read(spec, session.directory());
        } catch (InvalidPromptException e) {
            return broken(StopReason.INVALID_PROMPT, detail(e));
        }
        String prompt = PromptComposer.compose(spec, state.get(), invoke, task);
        state.isAt(invoke);
        StepResult result =
                state.commitUnlessRefused(new Outcome.AttemptStarted(clock.now(), invoke, workspace.fingerprint()));
        if (result instanceof StepResult.BudgetRefused refused) {
            state.apply(new Outcome.BudgetRefused(
                    clock.now(), refused.budget(), services.jitter().getAsDouble()));
            return Optional.empty();
        }
        state.apply(attempts.run(invoke, prompt, session));
        settle();
        return Optional.empty();
    }

    /** What the attempt used is committed in any case, whatever becomes of the checkpoint it waits for. */
    private void settle() throws InterruptedException {
        Optional<Decision.Checkpoint> due = state.machine().checkpointToCommitWith(state.get(), clock.now());
        try {
            if (due.isPresent()) {
                state.apply(workspace.checkpoint(due.get()));
            }
        } catch (LeaseLostException e) {
            throw e;
        } catch (RuntimeException e) {
            state.commit(false);
            throw e;
        }
        state.commit(false);
    }

    @Override
    public Optional<StintEnd> verify(Decision.Verify verify) throws InterruptedException {
        Path directory = workspace.session().directory();
        List<GateRecord> results;
        try {
            results = new ClaimCheck(services, lease, clock, interrupts).run(verify, directory);
        } catch (InterruptedException e) {
            return cutOffBetweenSteps();
        }
        state.apply(new Outcome.Verified(clock.now(), results));
        state.commit(false);
        return Optional.empty();
    }

    @Override
    public Optional<StintEnd> checkpoint(Decision.Checkpoint checkpoint) throws InterruptedException {
        state.apply(workspace.checkpoint(checkpoint));
        state.commit(false);
        return Optional.empty();
    }

    @Override
    public Optional<StintEnd> restore(Decision.Restore restore) throws InterruptedException {
        workspace.session().restore(lease, restore.number(), state.get().recorded(), restore.commit());
        state.apply(new Outcome.Restored(clock.now(), restore.number()));
        state.commit(false);
        return Optional.empty();
    }

    @Override
    public Optional<StintEnd> await(Decision.Wait wait) throws InterruptedException {
        state.apply(new Outcome.WaitBegan(clock.now(), wait));
        state.commit(true);
        return Optional.of(park());
    }

    @Override
    public Optional<StintEnd> finish(Decision.Finish finish) throws InterruptedException {
        return Optional.of(end(finish.ending()));
    }

    private StintEnd end(Ending ending) throws InterruptedException {
        state.apply(new Outcome.Finished(clock.now(), ending));
        state.commit(true);
        workspace.end(state.get());
        return new StintEnd.Over();
    }

    /** Trouble with a copy of what is elsewhere, too, is this node's: here or on another node it may be made anew. */
    private Optional<StintEnd> lost(WorkspaceException e) throws InterruptedException {
        if (workspace.place() == null || state.inFlight()) {
            return broken(StopReason.WORKSPACE_LOST, detail(e));
        }
        LOG.warn(
                "Run {}: its workspace is given up here: {}",
                run,
                services.redactor().line(e.getMessage()));
        state.apply(workspace.away(String.valueOf(e.getMessage())));
        workspace.release();
        state.commit(false);
        return Optional.empty();
    }

    /** The run was taken up without its workspace and needs it now. What is next is decided anew where that is. */
    private void reachWorkspace() throws InterruptedException {
        WorkspaceSessions.Access access = workspace.hold(state.get());
        if (access instanceof WorkspaceSessions.Access.Granted) {
            state.apply(workspace.reached());
            return;
        }
        // Whoever has it is at work or waits: no sign that a node died.
        String why = access instanceof WorkspaceSessions.Access.InUse inUse
                ? inUse.message()
                : ((WorkspaceSessions.Access.Away) access).message();
        state.apply(workspace.away(why));
        state.commit(false);
    }

    private Optional<StintEnd> broken(StopReason reason, String detail) {
        state.apply(new Outcome.Broken(clock.now(), reason, detail, Metered.partial(UsageReport.UNKNOWN), null));
        return Optional.empty();
    }

    /** Gates were cut off: the next round of the loop sees why, or hands the run back. */
    private Optional<StintEnd> cutOffBetweenSteps() {
        if (interrupts.cause() == null) {
            interrupts.cutOff(Cutoff.SHUTDOWN);
        }
        return Optional.empty();
    }

    private String detail(RuntimeException e) {
        String message = e instanceof RalphException && e.getMessage() != null ? e.getMessage() : e.toString();
        return StorableText.of(services.redactor().redact(message));
    }
}
