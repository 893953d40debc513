/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.AttemptRecord;
import dev.ralph.LeaseLostException;
import dev.ralph.RunId;
import dev.ralph.RunSpec;
import dev.ralph.internal.machine.Decision;
import dev.ralph.internal.machine.LoopMachine;
import dev.ralph.internal.machine.LoopState;
import dev.ralph.internal.machine.Metered;
import dev.ralph.internal.machine.OpenIteration;
import dev.ralph.internal.machine.Outcome;
import dev.ralph.internal.machine.Phase;
import dev.ralph.internal.machine.Transition;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.Lease;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.StoredCommand;
import dev.ralph.spi.UsageReport;

/**
 * The run as one stint has it: what the machine makes of it, and what of that is not committed yet. Used by the stint's
 * thread, except for {@link #cancellationIsAhead}.
 */
final class StintState {

    private final WorkerServices services;
    private final Lease lease;
    private final RunId run;
    private final LoopMachine machine;
    private final StintClock clock;
    private final Journal journal;
    private final StepLog log;
    private LoopState committed;
    private Transition uncommitted;
    private volatile long commandsRead;

    StintState(
            WorkerServices services, Claim.Granted claim, RunSpec spec, StintClock clock, InterruptSwitch interrupts) {
        this.services = services;
        this.lease = claim.lease();
        this.run = lease.run();
        this.machine = new LoopMachine(run, spec);
        this.clock = clock;
        this.journal = new Journal(
                services.store(),
                services.codec(),
                services.audit(),
                spec,
                lease,
                clock,
                interrupts,
                claim.run().snapshot().version());
        this.committed = services.codec().state(claim.run().state());
        this.log = new StepLog(run);
        this.uncommitted = Transition.none(committed);
        this.commandsRead = claim.run().commandsThrough();
    }

    LoopMachine machine() {
        return machine;
    }

    LoopState get() {
        return uncommitted.state();
    }

    Decision next() {
        return machine.next(get(), clock.now());
    }

    /** Tells the log where in the run this stint begins. */
    void isTakenUp() {
        log.from(get());
    }

    /** Tells the log which attempt is next. */
    void isAt(Decision.Invoke invoke) {
        log.at(invoke);
    }

    boolean inFlight() {
        return get().phase() instanceof Phase.Attempting;
    }

    void apply(Outcome outcome) {
        uncommitted = uncommitted.then(machine.apply(get(), outcome));
    }

    /**
     * Commits what is not yet.
     *
     * @throws StepRejectedException if that cannot be committed however often it is tried; nothing is uncommitted then
     */
    StepResult commit(boolean release) throws InterruptedException {
        StepResult result;
        try {
            result = journal.commit(uncommitted, release);
        } catch (LeaseLostException | UnansweredStepException e) {
            throw e;
        } catch (RuntimeException e) {
            Transition dropped = uncommitted;
            uncommitted = Transition.none(committed);
            throw new StepRejectedException(dropped, e);
        }
        if (result instanceof StepResult.Committed step) {
            Transition done = uncommitted;
            committed = get();
            uncommitted = Transition.none(committed);
            if (release) {
                // Tidying up afterwards needs no lease, and one that is gone would be reported as lost.
                services.leases().drop(lease);
            }
            log.committed(step.version(), done.events());
        }
        return result;
    }

    /**
     * Applies an outcome and commits; takes it back if a shared budget refuses it.
     *
     * @throws StepRejectedException as {@link #commit}
     */
    StepResult commitUnlessRefused(Outcome outcome) throws InterruptedException {
        Transition before = uncommitted;
        apply(outcome);
        StepResult result = commit(false);
        if (result instanceof StepResult.BudgetRefused) {
            uncommitted = before;
        }
        return result;
    }

    /** What the attempt in flight has used, as far as what was dropped, or else the store's notes, tell. */
    Metered usedInFlight(StepRejectedException rejected) {
        AttemptRecord attempt = rejected.dropped().settled().orElse(null);
        if (attempt == null) {
            return reportedInFlight();
        }
        // An attempt nobody saw the end of is recorded without the tokens it had reported.
        return attempt.usage() == null
                ? new Metered(reportedInFlight().usage(), attempt.cost(), false)
                : new Metered(attempt.usage(), attempt.cost(), true);
    }

    /** What the attempt in flight was noted to have used. */
    Metered reportedInFlight() {
        OpenIteration open = get().open();
        if (!inFlight() || open == null) {
            return Metered.NOTHING;
        }
        return Metered.partial(services.store()
                .reportedUsage(run, open.number(), open.attempts())
                .orElse(UsageReport.UNKNOWN));
    }

    /** Applies what was commanded since the last time. */
    void consumeCommands() {
        for (StoredCommand stored : services.store().commands(run, get().inbox().through())) {
            apply(new Outcome.Commanded(stored.at(), stored.number(), stored.command()));
            commandsRead = stored.number();
        }
    }

    /** Whether a cancellation is among the commands that were not applied yet. Called by any thread. */
    boolean cancellationIsAhead() {
        return services.store().commands(run, commandsRead).stream()
                .anyMatch(stored -> stored.command() instanceof Command.Cancel);
    }
}
