/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store;

import dev.ralph.StopReason;
import dev.ralph.StoreException;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Step;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Everything stored of one run. Not thread-safe. */
final class RunEntry {

    private RunRow row;
    private final RunRecords records = new RunRecords();
    private RunCommands commands = new RunCommands();

    /** The event with number n stands at n - 1. */
    private final List<StoredEvent> events = new ArrayList<>();

    RunEntry(NewRun run) {
        row = RunRow.of(run);
        events.add(run.submitted());
    }

    RunRow row() {
        return row;
    }

    Claim claim(String owner, Duration ttl, Set<Integer> stateVersions, Instant now) {
        StoredRun stored = row.stored();
        Instant until = stored.leaseUntil();
        String holder = stored.snapshot().owner();
        if (row.isOver() && !goesOn()) {
            return new Claim.Over(stored);
        }
        if (until != null && holder != null && row.isHeld(now)) {
            return new Claim.Held(holder, until);
        }
        if (!stateVersions.contains(stored.state().version())) {
            return new Claim.UnknownVersion(stored.state().version());
        }
        Lease lease = new Lease(stored.snapshot().id(), owner, UUID.randomUUID(), stored.epoch() + 1);
        row = row.claimedBy(lease, now.plus(ttl));
        return new Claim.Granted(lease, row.stored(), now, until, row.lapses());
    }

    /** Whether it has ended, and nobody works on it or told it to go on. */
    boolean isOver(Instant now) {
        return row.isOver() && !goesOn() && !row.isHeld(now);
    }

    private boolean goesOn() {
        return isDeadLetter() && commands.retriedAfter(row.stored().commandsThrough());
    }

    boolean isDeadLetter() {
        return row.stored().snapshot().reason() == StopReason.DEAD_LETTERED;
    }

    /** Whether the lease is still held, and so now holds for {@code ttl}. */
    boolean renew(Lease lease, Duration ttl, Instant now) {
        boolean held = row.isHeldBy(lease, now);
        if (held) {
            row = row.heldUntil(now.plus(ttl));
        }
        return held;
    }

    void release(Lease lease, Instant now) {
        if (row.isHeldBy(lease, now)) {
            row = row.released();
        }
    }

    /** Keeps nothing but that there was a run, how it ended and what it cost. */
    void erase() {
        row = row.erased();
        records.erase();
        commands = new RunCommands();
        events.clear();
    }

    RunRecords records() {
        return records;
    }

    RunCommands commands() {
        return commands;
    }

    List<StoredEvent> eventsAfter(long seq, int max) {
        int from = Math.toIntExact(Math.min(Math.max(seq, 0), events.size()));
        return List.copyOf(events.subList(from, from + Math.min(max, events.size() - from)));
    }

    /**
     * Works out what a step would write to this run, without writing it.
     *
     * @param next the row after the step
     * @return writes it; cannot fail
     */
    Runnable draft(Step step, RunRow next) {
        if (step.commandsThrough() > commands.last()) {
            throw new StoreException("the step consumes commands of run "
                    + row.stored().snapshot().id() + " through " + step.commandsThrough() + ", but the last is "
                    + commands.last() + "; nothing was written");
        }
        RunRecords.Draft rows = records.draft(step.records());
        return () -> {
            row = next;
            rows.write();
            events.addAll(step.events());
        };
    }
}
