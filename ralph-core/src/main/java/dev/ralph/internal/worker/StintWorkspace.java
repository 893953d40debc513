/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.CheckpointRecord;
import dev.ralph.LeaseLostException;
import dev.ralph.RalphException;
import dev.ralph.RunSpec;
import dev.ralph.WorkspaceException;
import dev.ralph.internal.machine.Decision;
import dev.ralph.internal.machine.LoopState;
import dev.ralph.internal.machine.Outcome;
import dev.ralph.internal.workspace.CheckpointResult;
import dev.ralph.observation.CheckpointObservationContext;
import dev.ralph.spi.Lease;
import dev.ralph.spi.WorkspaceRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workspace of the run that one stint works on. Used by the stint's thread only. */
final class StintWorkspace {

    private static final Logger LOG = LoggerFactory.getLogger(StintWorkspace.class);
    private static final int LEFT_OUT_SHOWN = 20;

    private final WorkerServices services;
    private final RunSpec spec;
    private final Lease lease;
    private final StintClock clock;
    private final InterruptSwitch interrupts;

    StintWorkspace(WorkerServices services, RunSpec spec, Lease lease, StintClock clock, InterruptSwitch interrupts) {
        this.services = services;
        this.spec = spec;
        this.lease = lease;
        this.clock = clock;
        this.interrupts = interrupts;
    }

    /**
     * Holds it; again if it is held already. A cancellation does not cut this off: it takes as long as making the workspace
     * ready takes, which is bounded.
     *
     * @throws InterruptedException if this node has to give the run up meanwhile
     */
    WorkspaceSessions.Access hold(LoopState state) throws InterruptedException {
        return interrupts.untilLeaving(() -> services.workspaces().hold(request(state)));
    }

    /** Whether this node lacks what the run left where it was worked last. */
    boolean isElsewhere(LoopState state) {
        return !services.workspaces().has(request(state));
    }

    /** It, if it is held. */
    Optional<WorkspaceSession> held() {
        return services.workspaces().held(lease.run());
    }

    /** It, held. */
    WorkspaceSession session() {
        return held().orElseThrow(
                        () -> new IllegalStateException("run " + lease.run() + " does not hold its workspace"));
    }

    boolean canCheckpoint() {
        return held().map(WorkspaceSession::canCheckpoint).orElse(false);
    }

    @Nullable String place() {
        return held().flatMap(WorkspaceSession::place).orElse(null);
    }

    /** The workspace before an attempt, or null if it cannot be told now although it is there. */
    @Nullable String fingerprint() throws InterruptedException {
        try {
            return session().fingerprint();
        } catch (WorkspaceException e) {
            if (e.problem() == WorkspaceException.Problem.MISSING
                    || e.problem() == WorkspaceException.Problem.NOT_A_DIRECTORY) {
                throw e;
            }
            LOG.warn("Run {}: the workspace cannot be looked at before the attempt: {}", lease.run(), e.problem());
            return null;
        }
    }

    /** Makes a checkpoint and, where the workspace moves, publishes it. */
    Outcome checkpoint(Decision.Checkpoint due) throws InterruptedException {
        long begin = services.nanoTime().getAsLong();
        boolean made = false;
        try {
            Outcome outcome = observed(due);
            made = outcome instanceof Outcome.Checkpointed;
            return outcome;
        } finally {
            services.monitors()
                    .checkpointed(made, Duration.ofNanos(services.nanoTime().getAsLong() - begin));
        }
    }

    private Outcome observed(Decision.Checkpoint due) throws InterruptedException {
        CheckpointObservationContext begun =
                new CheckpointObservationContext(lease.run(), due.iteration(), due.number());
        return services.observations().observe(begun, observed -> {
            Outcome outcome = make(due);
            observed.ended(outcome instanceof Outcome.Checkpointed);
            return outcome;
        });
    }

    private Outcome make(Decision.Checkpoint due) throws InterruptedException {
        WorkspaceSession session = session();
        try {
            CheckpointResult result = session.checkpoint(lease, due.number(), due.iteration());
            String reference = result.checkpoint().reference();
            String commit = result.checkpoint().commit();
            interrupts.untilLeaving(() -> {
                session.publish(reference, commit);
                return commit;
            });
            return new Outcome.Checkpointed(
                    clock.now(),
                    new CheckpointRecord(due.number(), due.iteration(), reference, commit, clock.now()),
                    result.describeLeftOut(LEFT_OUT_SHOWN).stream()
                            .map(this::text)
                            .toList(),
                    result.leftOut().size());
        } catch (WorkspaceException e) {
            if (e.problem() == WorkspaceException.Problem.MISSING) {
                throw e;
            }
            LOG.warn(
                    "Run {}: no checkpoint after iteration {}: {}",
                    lease.run(),
                    due.iteration(),
                    services.redactor().line(e.getMessage()));
            return failed(String.valueOf(e.getMessage()));
        } catch (LeaseLostException e) {
            throw e;
        } catch (RalphException e) {
            LOG.warn(
                    "Run {}: no checkpoint after iteration {}: {}",
                    lease.run(),
                    due.iteration(),
                    services.redactor().line(e.getMessage()));
            return failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            return cutOff();
        }
    }

    /** The iteration is paid for, whatever becomes of its edits. */
    private Outcome cutOff() {
        if (interrupts.cause() == Cutoff.LEASE_LOST) {
            throw new LeaseLostException("run " + lease.run() + " was lost while its checkpoint was published");
        }
        if (interrupts.cause() == null) {
            interrupts.cutOff(Cutoff.SHUTDOWN);
        }
        return failed("it was not published before this node closed");
    }

    Outcome failed(String why) {
        return new Outcome.CheckpointFailed(
                clock.now(), text(why), services.jitter().getAsDouble());
    }

    Outcome away(String why) {
        return new Outcome.WorkspaceAway(
                clock.now(), text(why), services.jitter().getAsDouble());
    }

    Outcome reached() {
        return new Outcome.WorkspaceReached(clock.now(), canCheckpoint(), place());
    }

    /** Gives it back; the run may come back to it. */
    void release() {
        services.workspaces().release(lease.run());
    }

    /** Gives it up at the end of the run: a copy whose content others can have is deleted. */
    void end(LoopState state) {
        try {
            services.workspaces().end(request(state), !state.checkpoints().dirty());
        } catch (RalphException e) {
            LOG.warn(
                    "Run {}: what is left of its workspace here was not deleted: {}",
                    lease.run(),
                    services.redactor().line(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private WorkspaceRequest request(LoopState state) {
        return new WorkspaceRequest(
                lease.run(),
                spec.workspace(),
                state.whereabouts().place(),
                state.checkpoints().last());
    }

    private String text(String fromOutside) {
        return StorableText.of(services.redactor().redact(fromOutside));
    }
}
