/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.AgentStatus;
import dev.ralph.LeaseLostException;
import dev.ralph.RunId;
import dev.ralph.RunSpec;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.WorkspaceException;
import dev.ralph.internal.log.LogScope;
import dev.ralph.internal.machine.Decision;
import dev.ralph.internal.machine.LoopState;
import dev.ralph.internal.machine.Outcome;
import dev.ralph.observation.RunObservationContext;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Lease;
import dev.ralph.spi.StintEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's work on one run under one lease: takes it up, then asks the machine what is next and has it done; until the run
 * ends, waits, or is handed back. Used by one thread, except for {@link #hearCommands}.
 */
final class Stint {

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
    private final StintClock clock;
    private final @Nullable Instant lastStep;
    private final @Nullable Instant lapsed;
    private final boolean first;
    private final boolean wasOver;
    private final @Nullable Instant notBefore;
    private final Map<String, String> trace;
    private final InterruptSwitch interrupts;
    private final BooleanSupplier closing;
    private final StintState state;
    private final StintWorkspace workspace;
    private final DecisionPerformer performer;
    private int lapses;

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
        this.clock = clock;
        this.first = claim.run().snapshot().version() == 0;
        this.lastStep = first ? null : claim.run().snapshot().updatedAt();
        this.lapsed = claim.lapsed();
        this.lapses = claim.lapses();
        this.wasOver = claim.run().snapshot().status().isFinal();
        this.notBefore = claim.run().snapshot().status() == RunStatus.QUEUED
                ? claim.run().snapshot().wakeAt()
                : null;
        this.trace = services.observations().enabled()
                ? services.codec().trace(claim.run().spec())
                : Map.of();
        this.interrupts = interrupts;
        this.closing = closing;
        this.state = new StintState(services, claim, spec, clock, interrupts);
        this.workspace = new StintWorkspace(services, spec, lease, clock, interrupts);
        this.performer = new DecisionPerformer(services, lease, spec, state, workspace, clock, interrupts);
    }

    /**
     * Works the run.
     *
     * @throws LeaseLostException if the run belongs to another node now
     * @throws InterruptedException if the host stops the thread between two steps
     */
    StintEnd work(Scope scope) throws InterruptedException {
        LogScope.tenant(spec.tenant());
        state.isTakenUp();
        Optional<WorkspaceSessions.Access> access;
        try {
            state.consumeCommands();
            Optional<StintEnd> untouched = leaveAsItIs(scope);
            if (untouched.isPresent()) {
                return untouched.get();
            }
            access = holdWorkspace();
            if (access.isPresent() && access.get() instanceof WorkspaceSessions.Access.InUse inUse) {
                giveBack();
                return new StintEnd.Busy(WORKSPACE_RETRY, inUse.message());
            }
        } catch (StepRejectedException e) {
            return performer.breakOff(e);
        }
        RunObservationContext begun = new RunObservationContext(run, lease.owner(), trace);
        return services.observations().observe(begun, observed -> {
            StintEnd end = takeUpAndWork(scope, access);
            LoopState left = state.get();
            observed.left(
                    left.status(), left.ending() == null ? null : left.ending().reason());
            return end;
        });
    }

    private StintEnd takeUpAndWork(Scope scope, Optional<WorkspaceSessions.Access> access) throws InterruptedException {
        try {
            takeUp(access);
            return decideAndPerform(scope);
        } catch (StepRejectedException e) {
            return performer.breakOff(e);
        }
    }

    private StintEnd decideAndPerform(Scope scope) throws InterruptedException {
        while (true) {
            state.consumeCommands();
            Decision decision = state.next();
            if (scope == Scope.COMMANDS && needsWorkspace()) {
                handBack("commands came that ask for more");
                return commandsAreNotAll();
            }
            Optional<StintEnd> end = mustLeave() && !(decision instanceof Decision.Finish)
                    ? Optional.of(handBack("this node is closing"))
                    : performer.perform(decision);
            if (end.isPresent()) {
                return end.get();
            }
        }
    }

    /** The number of the last event of the run, those included that are not written yet. For the stint's thread. */
    long lastEvent() {
        return state.get().lastEvent();
    }

    /** Whether no step was ever written to the run before this stint. */
    boolean isFirst() {
        return first;
    }

    /** Looks for a cancellation among new commands and cuts the work in flight off. Called by any thread. */
    void hearCommands() {
        if (state.cancellationIsAhead()) {
            interrupts.cutOff(Cutoff.CANCELLED);
        }
    }

    /** The run is not taken up where there is nothing to do for it now, or nothing that this node should do. */
    private Optional<StintEnd> leaveAsItIs(Scope scope) throws InterruptedException {
        if (!state.inFlight() && state.machine().idle(state.get(), clock.now())) {
            services.store().release(lease);
            return Optional.of(performer.park());
        }
        if (!needsWorkspace()) {
            return Optional.empty();
        }
        if (notBefore != null && clock.now().isBefore(notBefore)) {
            services.store().release(lease);
            return Optional.of(new StintEnd.Parked(Duration.between(clock.now(), notBefore)));
        }
        if (scope == Scope.COMMANDS) {
            giveBack();
            return Optional.of(commandsAreNotAll());
        }
        if (state.machine().staysInPlace(state.get(), clock.now()) && workspace.isElsewhere(state.get())) {
            giveBack();
            return Optional.of(new StintEnd.Busy(WORKSPACE_RETRY, "another node has edits that are published nowhere"));
        }
        return Optional.empty();
    }

    private static StintEnd commandsAreNotAll() {
        return new StintEnd.Busy(Duration.ZERO, "commands alone do not end or pause it");
    }

    /** A run that was told to go on after its end is queued again even if its workspace is in use. */
    private void giveBack() throws InterruptedException {
        if (wasOver) {
            state.commit(true);
        } else {
            services.store().release(lease);
        }
    }

    /** Asks for the workspace, unless the run can be dealt with without it. */
    private Optional<WorkspaceSessions.Access> holdWorkspace() throws InterruptedException {
        if (!needsWorkspace()) {
            return Optional.empty();
        }
        try {
            return Optional.of(workspace.hold(state.get()));
        } catch (WorkspaceException e) {
            LOG.warn(
                    "Run {}: its workspace cannot be used: {}",
                    run,
                    services.redactor().line(e.getMessage()));
            return Optional.empty();
        } catch (RuntimeException e) {
            // A bug of the provider: the run ends by it once it is taken up and asks again.
            LOG.error(
                    "Run {}: asking for its workspace failed",
                    run,
                    services.redactor().failure(e));
            return Optional.empty();
        }
    }

    private boolean needsWorkspace() {
        if (lapses > 0 && state.machine().hopeless(state.get(), lapses)) {
            return false;
        }
        if (state.inFlight()) {
            return true;
        }
        Decision next = state.next();
        return next instanceof Decision.Finish finish ? unprobed(finish) : DecisionPerformer.needsWorkspace(next);
    }

    /** A run that names no agent has none to go on with until this node's are probed. */
    private boolean unprobed(Decision.Finish finish) {
        return spec.agents().isEmpty()
                && state.get().ending() == null
                && finish.ending().reason() == StopReason.AGENT_UNAVAILABLE;
    }

    private void takeUp(Optional<WorkspaceSessions.Access> access) throws InterruptedException {
        boolean auto = spec.agents().isEmpty();
        boolean goesOn = needsWorkspace();
        List<AgentStatus> probed = auto && goesOn ? services.agents().probe() : List.of();
        state.apply(new Outcome.TakenUp(
                clock.now(),
                lease.owner(),
                lastStep,
                lapsed,
                lapses,
                auto && !goesOn ? services.agents().ids() : Agents.ready(probed),
                auto ? StorableText.of(services.redactor().redact(Agents.problems(probed))) : "",
                workspace.canCheckpoint(),
                workspace.place(),
                state.reportedInFlight()));
        if (access.isPresent() && access.get() instanceof WorkspaceSessions.Access.Away away) {
            state.apply(workspace.away(away.message()));
        }
        lapses = 0;
        state.commit(false);
    }

    private StintEnd handBack(String why) throws InterruptedException {
        LOG.debug("Run {}: handed back, {}", run, why);
        state.apply(new Outcome.HandedBack(clock.now(), lease.owner()));
        state.commit(true);
        workspace.release();
        return new StintEnd.HandedBack();
    }

    private boolean mustLeave() {
        if (interrupts.cause() == Cutoff.LEASE_LOST) {
            throw new LeaseLostException("run " + run + " belongs to another node now");
        }
        services.leases().requireHeld(lease);
        return closing.getAsBoolean() || interrupts.cause() == Cutoff.SHUTDOWN;
    }
}
