/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.AgentStatus;
import dev.ralph.GateRecord;
import dev.ralph.InvalidPromptException;
import dev.ralph.LeaseLostException;
import dev.ralph.RalphException;
import dev.ralph.RunId;
import dev.ralph.RunSpec;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.WorkspaceException;
import dev.ralph.internal.machine.Decision;
import dev.ralph.internal.machine.LoopMachine;
import dev.ralph.internal.machine.LoopState;
import dev.ralph.internal.machine.Metered;
import dev.ralph.internal.machine.Outcome;
import dev.ralph.internal.machine.Phase;
import dev.ralph.internal.machine.PromptComposer;
import dev.ralph.internal.machine.Transition;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.Lease;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.StintEnd;
import dev.ralph.spi.StoredCommand;
import dev.ralph.spi.UsageReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's work on one run under one lease: asks the machine what is next, does it, commits what came of it; until the
 * run ends, waits, or is handed back. Used by one thread, except for {@link #hearCommands}.
 */
final class Stint implements Decision.Visitor<Optional<StintEnd>, InterruptedException> {

    /** How much of the run's work is done. */
    enum Scope {
        /** All of it. */
        FULL,
        /** What commands ask for, as far as that needs no workspace. */
        COMMANDS
    }

    private static final Logger LOG = LoggerFactory.getLogger(Stint.class);
    private static final Duration WORKSPACE_RETRY = Duration.ofSeconds(1);

    private final WorkerServices services;
    private final RunId run;
    private final Lease lease;
    private final RunSpec spec;
    private final LoopMachine machine;
    private final StintClock clock;
    private final @Nullable Instant lapsed;
    private final boolean first;
    private final boolean wasOver;
    private final @Nullable Instant notBefore;
    private final InterruptSwitch interrupts;
    private final BooleanSupplier closing;
    private final Journal journal;
    private final AttemptRunner attempts;
    private final StintWorkspace workspace;
    private Transition uncommitted;
    private int lapses;
    private volatile long commandsRead;

    Stint(
            WorkerServices services,
            Claim.Granted claim,
            StintClock clock,
            InterruptSwitch interrupts,
            BooleanSupplier closing) {
        this.services = services;
        this.run = claim.lease().run();
        this.lease = claim.lease();
        this.spec = services.codec().spec(claim.run().spec());
        this.machine = new LoopMachine(run, spec);
        this.clock = clock;
        this.lapsed = claim.lapsed();
        this.lapses = claim.lapses();
        this.first = claim.run().snapshot().version() == 0;
        this.wasOver = claim.run().snapshot().status().isFinal();
        this.notBefore = claim.run().snapshot().status() == RunStatus.QUEUED
                ? claim.run().snapshot().wakeAt()
                : null;
        this.interrupts = interrupts;
        this.closing = closing;
        this.journal = new Journal(
                services.store(),
                services.codec(),
                services.audit(),
                spec,
                lease,
                clock,
                interrupts,
                claim.run().snapshot().version());
        this.attempts = new AttemptRunner(services, spec, lease, clock, interrupts);
        this.workspace = new StintWorkspace(services, spec, lease, clock, interrupts);
        this.uncommitted = Transition.none(services.codec().state(claim.run().state()));
        this.commandsRead = claim.run().commandsThrough();
    }

    /**
     * Works the run.
     *
     * @throws LeaseLostException if the run belongs to another node now
     * @throws InterruptedException if the host stops the thread between two steps
     */
    StintEnd work(Scope scope) throws InterruptedException {
        consumeCommands();
        if (!inFlight() && machine.idle(state(), clock.now())) {
            services.store().release(lease);
            return parked();
        }
        if (notBefore != null && clock.now().isBefore(notBefore) && needsWorkspace()) {
            services.store().release(lease);
            return new StintEnd.Parked(Duration.between(clock.now(), notBefore));
        }
        if (scope == Scope.COMMANDS && needsWorkspace()) {
            giveBack();
            return commandsAreNotAll();
        }
        if (needsWorkspace() && machine.staysInPlace(state(), clock.now()) && workspace.isElsewhere(state())) {
            giveBack();
            return new StintEnd.Busy(WORKSPACE_RETRY, "another node has edits that are published nowhere");
        }
        Optional<WorkspaceSessions.Access> access = holdWorkspace();
        if (access.isPresent() && access.get() instanceof WorkspaceSessions.Access.InUse inUse) {
            giveBack();
            return new StintEnd.Busy(WORKSPACE_RETRY, inUse.message());
        }
        takeUp(access);
        while (true) {
            consumeCommands();
            Decision decision = machine.next(state(), clock.now());
            if (scope == Scope.COMMANDS && needsWorkspace()) {
                handBack("commands came that ask for more");
                return commandsAreNotAll();
            }
            Optional<StintEnd> end = mustLeave() && !(decision instanceof Decision.Finish)
                    ? Optional.of(handBack("this node is closing"))
                    : perform(decision);
            if (end.isPresent()) {
                return end.get();
            }
        }
    }

    private static StintEnd commandsAreNotAll() {
        return new StintEnd.Busy(Duration.ZERO, "commands alone do not end or pause it");
    }

    /** A run that was told to go on after its end is queued again even if its workspace is in use. */
    private void giveBack() throws InterruptedException {
        if (wasOver) {
            commit(true);
        } else {
            services.store().release(lease);
        }
    }

    /** The number of the last event of the run, those included that are not written yet. For the stint's thread. */
    long lastEvent() {
        return state().lastEvent();
    }

    /** Whether no step was ever written to the run before this stint. */
    boolean isFirst() {
        return first;
    }

    /** Looks for a cancellation among new commands and cuts the work in flight off. Called by any thread. */
    void hearCommands() {
        boolean cancelled = services.store().commands(run, commandsRead).stream()
                .anyMatch(stored -> stored.command() instanceof Command.Cancel);
        if (cancelled) {
            interrupts.cutOff(Cutoff.CANCELLED);
        }
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
        String prompt = PromptComposer.compose(spec, state(), invoke, task);
        Transition before = uncommitted;
        apply(new Outcome.AttemptStarted(clock.now(), invoke, workspace.fingerprint()));
        StepResult result = commit(false);
        if (result instanceof StepResult.BudgetRefused refused) {
            uncommitted = before;
            apply(new Outcome.BudgetRefused(
                    clock.now(), refused.budget(), services.jitter().getAsDouble()));
            return Optional.empty();
        }
        LOG.info("Run {}: iteration {} attempt {} on {}", run, invoke.iteration(), invoke.attempt(), invoke.agent());
        apply(attempts.run(invoke, prompt, session));
        settle();
        return Optional.empty();
    }

    /** What the attempt used is committed in any case, whatever becomes of the checkpoint it waits for. */
    private void settle() throws InterruptedException {
        Optional<Decision.Checkpoint> due = machine.checkpointToCommitWith(state(), clock.now());
        try {
            if (due.isPresent()) {
                apply(workspace.checkpoint(due.get()));
            }
        } catch (LeaseLostException e) {
            throw e;
        } catch (RuntimeException e) {
            commit(false);
            throw e;
        }
        commit(false);
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
        apply(new Outcome.Verified(clock.now(), results));
        commit(false);
        return Optional.empty();
    }

    @Override
    public Optional<StintEnd> checkpoint(Decision.Checkpoint checkpoint) throws InterruptedException {
        apply(workspace.checkpoint(checkpoint));
        commit(false);
        return Optional.empty();
    }

    @Override
    public Optional<StintEnd> restore(Decision.Restore restore) throws InterruptedException {
        workspace.session().restore(lease, restore.number(), state().recorded(), restore.commit());
        apply(new Outcome.Restored(clock.now(), restore.number()));
        commit(false);
        return Optional.empty();
    }

    @Override
    public Optional<StintEnd> await(Decision.Wait wait) throws InterruptedException {
        LOG.info("Run {}: waits until {}", run, wait.until() == null ? "it is resumed" : wait.until());
        apply(new Outcome.WaitBegan(clock.now(), wait));
        commit(true);
        return Optional.of(parked());
    }

    @Override
    public Optional<StintEnd> finish(Decision.Finish finish) throws InterruptedException {
        apply(new Outcome.Finished(clock.now(), finish.ending()));
        commit(true);
        LOG.info(
                "Run {}: ended, {} {}",
                run,
                finish.ending().reason(),
                finish.ending().verification());
        workspace.end(state());
        return Optional.of(new StintEnd.Over());
    }

    private Optional<StintEnd> perform(Decision decision) throws InterruptedException {
        try {
            if (needsWorkspace(decision) && workspace.held().isEmpty()) {
                reachWorkspace();
                return Optional.empty();
            }
            return decision.accept(this);
        } catch (WorkspaceException e) {
            return lost(e);
        } catch (LeaseLostException e) {
            throw e;
        } catch (RuntimeException e) {
            if (decision instanceof Decision.Finish) {
                throw e;
            }
            String what = decision.getClass().getSimpleName();
            LOG.error("Run {}: {} failed: {}", run, what, services.redactor().trace(e));
            if (decision instanceof Decision.Checkpoint) {
                apply(workspace.failed(detail(e)));
                return Optional.empty();
            }
            return broken(StopReason.INTERNAL_ERROR, detail(e));
        }
    }

    /** Trouble with a copy of what is elsewhere, too, is this node's: here or on another node it may be made anew. */
    private Optional<StintEnd> lost(WorkspaceException e) throws InterruptedException {
        if (workspace.place() == null || inFlight()) {
            return broken(StopReason.WORKSPACE_LOST, detail(e));
        }
        LOG.warn("Run {}: its workspace is given up here: {}", run, e.getMessage());
        apply(workspace.away(String.valueOf(e.getMessage())));
        workspace.release();
        commit(false);
        return Optional.empty();
    }

    /** Asks for the workspace, unless the run can be dealt with without it. */
    private Optional<WorkspaceSessions.Access> holdWorkspace() throws InterruptedException {
        if (!needsWorkspace()) {
            return Optional.empty();
        }
        try {
            return Optional.of(workspace.hold(state()));
        } catch (WorkspaceException e) {
            LOG.warn("Run {}: its workspace cannot be used: {}", run, e.getMessage());
            return Optional.empty();
        } catch (RuntimeException e) {
            // A bug of the provider: the run ends by it once it is taken up and asks again.
            LOG.error(
                    "Run {}: asking for its workspace failed: {}",
                    run,
                    services.redactor().trace(e));
            return Optional.empty();
        }
    }

    /** The run was taken up without its workspace and needs it now. What is next is decided anew where that is. */
    private void reachWorkspace() throws InterruptedException {
        WorkspaceSessions.Access access = workspace.hold(state());
        if (access instanceof WorkspaceSessions.Access.Granted) {
            apply(workspace.reached());
            return;
        }
        // Whoever has it is at work or waits: no sign that a node died.
        String why = access instanceof WorkspaceSessions.Access.InUse inUse
                ? inUse.message()
                : ((WorkspaceSessions.Access.Away) access).message();
        apply(workspace.away(why));
        commit(false);
    }

    private boolean needsWorkspace() {
        if (lapses > 0 && machine.hopeless(state(), lapses)) {
            return false;
        }
        if (inFlight()) {
            return true;
        }
        Decision next = machine.next(state(), clock.now());
        if (next instanceof Decision.Finish finish) {
            return unprobed(finish);
        }
        return needsWorkspace(next);
    }

    private static boolean needsWorkspace(Decision decision) {
        return !(decision instanceof Decision.Wait) && !(decision instanceof Decision.Finish);
    }

    /** A run that names no agent has none to go on with until this node's are probed. */
    private boolean unprobed(Decision.Finish finish) {
        return spec.agents().isEmpty()
                && state().ending() == null
                && finish.ending().reason() == StopReason.AGENT_UNAVAILABLE;
    }

    private void takeUp(Optional<WorkspaceSessions.Access> access) throws InterruptedException {
        boolean auto = spec.agents().isEmpty();
        boolean goesOn = needsWorkspace();
        List<AgentStatus> probed = auto && goesOn ? services.agents().probe() : List.of();
        apply(new Outcome.TakenUp(
                clock.now(),
                lease.owner(),
                lapsed,
                lapses,
                auto && !goesOn ? services.agents().ids() : Agents.ready(probed),
                auto ? StorableText.of(services.redactor().redact(Agents.problems(probed))) : "",
                workspace.canCheckpoint(),
                workspace.place(),
                reportedInFlight()));
        if (access.isPresent() && access.get() instanceof WorkspaceSessions.Access.Away away) {
            apply(workspace.away(away.message()));
        }
        lapses = 0;
        commit(false);
    }

    private Metered reportedInFlight() {
        if (!inFlight() || state().open() == null) {
            return Metered.NOTHING;
        }
        return Metered.partial(services.store()
                .reportedUsage(run, state().open().number(), state().open().attempts())
                .orElse(UsageReport.UNKNOWN));
    }

    private StintEnd handBack(String why) throws InterruptedException {
        LOG.info("Run {}: handed back, {}", run, why);
        apply(new Outcome.HandedBack(clock.now(), lease.owner()));
        commit(true);
        workspace.release();
        return new StintEnd.HandedBack();
    }

    private StintEnd parked() {
        Instant until = machine.next(state(), clock.now()) instanceof Decision.Wait wait ? wait.until() : clock.now();
        if (until == null || services.distributed()) {
            workspace.release();
        }
        if (until == null) {
            return new StintEnd.Parked(null);
        }
        Duration delay = Duration.between(clock.now(), until);
        return new StintEnd.Parked(delay.isNegative() ? Duration.ZERO : delay);
    }

    private String detail(RuntimeException e) {
        String message = e instanceof RalphException && e.getMessage() != null ? e.getMessage() : e.toString();
        return StorableText.of(services.redactor().redact(message));
    }

    private Optional<StintEnd> broken(StopReason reason, String detail) {
        apply(new Outcome.Broken(clock.now(), reason, detail, Metered.partial(UsageReport.UNKNOWN), null));
        return Optional.empty();
    }

    /** Gates were cut off: the next round of the loop sees why, or hands the run back. */
    private Optional<StintEnd> cutOffBetweenSteps() {
        if (interrupts.cause() == null) {
            interrupts.cutOff(Cutoff.SHUTDOWN);
        }
        return Optional.empty();
    }

    private boolean mustLeave() {
        if (interrupts.cause() == Cutoff.LEASE_LOST) {
            throw new LeaseLostException("run " + run + " belongs to another node now");
        }
        services.leases().requireHeld(lease);
        return closing.getAsBoolean() || interrupts.cause() == Cutoff.SHUTDOWN;
    }

    private void consumeCommands() {
        for (StoredCommand stored :
                services.store().commands(run, state().inbox().through())) {
            apply(new Outcome.Commanded(stored.at(), stored.number(), stored.command()));
            commandsRead = stored.number();
        }
    }

    private LoopState state() {
        return uncommitted.state();
    }

    private boolean inFlight() {
        return state().phase() instanceof Phase.Attempting;
    }

    private void apply(Outcome outcome) {
        uncommitted = uncommitted.then(machine.apply(state(), outcome));
    }

    private StepResult commit(boolean release) throws InterruptedException {
        StepResult result = journal.commit(uncommitted, release);
        if (result instanceof StepResult.Committed) {
            uncommitted = Transition.none(state());
        }
        return result;
    }
}
