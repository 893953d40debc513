/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store;

import dev.ralph.LeaseLostException;
import dev.ralph.RunProgress;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.StoreException;
import dev.ralph.Verification;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Payload;
import dev.ralph.spi.RunUpdate;
import dev.ralph.spi.Step;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run's row and who may write to it. Immutable.
 *
 * @param stored the columns
 * @param token of the last claim, or null before the first; it outlives the lease, so that a step that gave the lease
 *     back is still recognised when it is repeated
 * @param lapses owners in a row that let their leases run out without a step
 */
record RunRow(StoredRun stored, @Nullable UUID token, int lapses) {

    static RunRow of(NewRun run) {
        Duration delay = run.startDelay();
        RunSnapshot snapshot = new RunSnapshot(
                run.id(),
                run.taskId(),
                run.tenant(),
                run.subject(),
                run.labels(),
                run.agents(),
                RunStatus.QUEUED,
                null,
                Verification.NONE,
                null,
                RunProgress.NONE,
                run.createdAt(),
                run.createdAt(),
                null,
                null,
                delay.isZero() ? null : run.createdAt().plus(delay),
                null,
                0);
        StoredRun stored = new StoredRun(
                snapshot, run.spec(), run.state(), 0, 0, run.submitted().seq(), null);
        return new RunRow(stored, null, 0);
    }

    boolean isOver() {
        return stored.snapshot().status().isFinal();
    }

    boolean isHeld(Instant now) {
        Instant until = stored.leaseUntil();
        return until != null && until.isAfter(now);
    }

    boolean isHeldBy(Lease lease, Instant now) {
        return hasTokenOf(lease) && isHeld(now);
    }

    /** Whether {@code step} is in the row already: it was committed, and its answer was lost. */
    boolean contains(Step step, Lease lease) {
        return hasTokenOf(lease) && stored.snapshot().version() == step.expectedVersion() + 1;
    }

    /** Since when it could be worked on and is not; null if it is worked on, or is not to be now. */
    @Nullable Instant dueSince(Instant now) {
        RunSnapshot run = stored.snapshot();
        if (isOver() || run.status() == RunStatus.PAUSED || isHeld(now)) {
            return null;
        }
        if (run.wakeAt() != null && run.wakeAt().isAfter(now)) {
            return null;
        }
        Instant wakeAt = run.wakeAt() == null ? run.updatedAt() : run.wakeAt();
        Instant since = stored.leaseUntil() == null ? wakeAt : stored.leaseUntil();
        return since.isAfter(now) ? now : since;
    }

    RunRow claimedBy(Lease lease, Instant until) {
        return new RunRow(
                with(owned(stored.snapshot(), lease.owner()), lease.epoch(), until),
                lease.token(),
                stored.leaseUntil() == null ? lapses : lapses + 1);
    }

    RunRow heldUntil(Instant until) {
        return new RunRow(with(stored.snapshot(), stored.epoch(), until), token, lapses);
    }

    RunRow released() {
        return new RunRow(with(owned(stored.snapshot(), null), stored.epoch(), null), token, 0);
    }

    /** The row with nothing of its subject, which nobody can write to. */
    RunRow erased() {
        RunSnapshot run = stored.snapshot();
        RunSnapshot rest = new RunSnapshot(
                run.id(),
                null,
                run.tenant(),
                null,
                Map.of(),
                run.agents(),
                run.status(),
                run.reason(),
                run.verification(),
                null,
                run.progress(),
                run.createdAt(),
                run.updatedAt(),
                run.startedAt(),
                run.completedAt(),
                run.wakeAt(),
                null,
                run.version());
        Payload nothing = new Payload(stored.state().version(), new byte[0]);
        return new RunRow(new StoredRun(rest, nothing, nothing, stored.epoch(), 0, 0, null), null, 0);
    }

    /** The row after {@code step}. Both are left as they are. */
    RunRow after(Step step, Lease lease, Instant now) {
        requireHeldBy(lease, now);
        requireNext(step);
        boolean keeps = !step.release() && !step.run().status().isFinal();
        StoredRun next = new StoredRun(
                updated(step.run(), keeps ? stored.snapshot().owner() : null),
                stored.spec(),
                step.state(),
                stored.epoch(),
                step.commandsThrough(),
                stored.lastEvent() + step.events().size(),
                keeps ? stored.leaseUntil() : null);
        return new RunRow(next, token, 0);
    }

    void requireHeldBy(Lease lease, Instant now) {
        if (!isHeldBy(lease, now)) {
            throw lost(lease);
        }
    }

    static LeaseLostException lost(Lease lease) {
        return new LeaseLostException("node " + lease.owner() + " does not hold run " + lease.run() + " under epoch "
                + lease.epoch() + " any more; nothing was written");
    }

    private boolean hasTokenOf(Lease lease) {
        return lease.token().equals(token);
    }

    private void requireNext(Step step) {
        RunSnapshot run = stored.snapshot();
        if (step.expectedVersion() != run.version()) {
            throw new StoreException("run " + run.id() + " has version " + run.version() + ", but the step expects "
                    + step.expectedVersion() + "; nothing was written");
        }
        if (step.commandsThrough() < stored.commandsThrough()) {
            throw new StoreException("run " + run.id() + " has consumed its commands through "
                    + stored.commandsThrough() + ", but the step says " + step.commandsThrough()
                    + "; nothing was written");
        }
        long seq = stored.lastEvent();
        for (StoredEvent event : step.events()) {
            seq++;
            if (event.seq() != seq) {
                throw new StoreException("the next event of run " + run.id() + " is " + seq + ", but the step brings "
                        + event.seq() + "; nothing was written");
            }
        }
    }

    private StoredRun with(RunSnapshot snapshot, long epoch, @Nullable Instant leaseUntil) {
        return new StoredRun(
                snapshot,
                stored.spec(),
                stored.state(),
                epoch,
                stored.commandsThrough(),
                stored.lastEvent(),
                leaseUntil);
    }

    private RunSnapshot updated(RunUpdate update, @Nullable String owner) {
        RunSnapshot run = stored.snapshot();
        return new RunSnapshot(
                run.id(),
                run.taskId(),
                run.tenant(),
                run.subject(),
                run.labels(),
                run.agents(),
                update.status(),
                update.reason(),
                update.verification(),
                update.detail(),
                update.progress(),
                run.createdAt(),
                update.at(),
                update.startedAt(),
                update.completedAt(),
                update.wakeAt(),
                owner,
                run.version() + 1);
    }

    private static RunSnapshot owned(RunSnapshot run, @Nullable String owner) {
        return new RunSnapshot(
                run.id(),
                run.taskId(),
                run.tenant(),
                run.subject(),
                run.labels(),
                run.agents(),
                run.status(),
                run.reason(),
                run.verification(),
                run.detail(),
                run.progress(),
                run.createdAt(),
                run.updatedAt(),
                run.startedAt(),
                run.completedAt(),
                run.wakeAt(),
                owner,
                run.version());
    }
}
