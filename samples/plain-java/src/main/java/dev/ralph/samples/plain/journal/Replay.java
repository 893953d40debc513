/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.journal;

import dev.ralph.RalphException;
import dev.ralph.RunId;
import dev.ralph.StoreException;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Lease;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of one run's journal again on a store in memory, at the times they were made. That store deals out
 * tokens of its own, so the token in the journal is only the name of the lease it stands for.
 */
final class Replay {

    private final RunId run;
    private final Store memory;
    private final SettableClock clock;
    private @Nullable NamedLease latest;

    Replay(RunId run, Store memory, SettableClock clock) {
        this.run = run;
        this.memory = memory;
        this.clock = clock;
    }

    /**
     * A lease of the store in memory.
     *
     * @param name the token the journal names it by
     * @param ours whether this process claimed it
     */
    record NamedLease(UUID name, Lease lease, boolean ours) {}

    /** The lease of the last claim, whoever made it, or null before the first. */
    @Nullable NamedLease latest() {
        return latest;
    }

    /** Notes a claim that was made just now and not replayed. */
    void claimed(Lease lease) {
        latest = new NamedLease(lease.token(), lease, true);
    }

    /**
     * Makes one call again.
     *
     * @throws StoreException if its answer is not the one it had
     */
    void apply(JournalEntry entry) {
        try {
            entry.replayOn(this);
        } catch (RalphException e) {
            throw new StoreException(
                    entry.getClass().getSimpleName() + " of run " + run + " cannot be repeated: " + e.getMessage(), e);
        }
    }

    void create(JournalEntry.Created entry) {
        if (entry.format() != JournalEntry.Created.FORMAT) {
            throw new StoreException("the journal has format " + entry.format() + ", this program reads format "
                    + JournalEntry.Created.FORMAT + "; use a newer one");
        }
        if (!entry.run().id().equals(run)) {
            throw new StoreException("the journal is that of run " + entry.run().id() + "; give its file that name");
        }
        memory.create(entry.run());
    }

    void claim(JournalEntry.Claimed entry) {
        clock.set(entry.at());
        Claim answer = memory.claim(run, entry.owner(), entry.ttl(), entry.stateVersions());
        if (answer instanceof Claim.Granted granted) {
            latest = new NamedLease(entry.token(), granted.lease(), false);
        } else {
            throw new StoreException("the claim was not granted but answered " + answer);
        }
    }

    void renew(JournalEntry.Renewed entry) {
        clock.set(entry.at());
        memory.renew(Set.of(lease(entry.token())), entry.ttl());
    }

    void release(JournalEntry.Released entry) {
        clock.set(entry.at());
        memory.release(lease(entry.token()));
    }

    void commit(JournalEntry.Committed entry) {
        clock.set(entry.at());
        StepResult answer = memory.commit(lease(entry.token()), entry.step());
        if (!(answer instanceof StepResult.Committed)) {
            throw new StoreException("the step was not committed but answered " + answer);
        }
    }

    void noteUsage(JournalEntry.UsageNoted entry) {
        clock.set(entry.at());
        memory.reportUsage(lease(entry.token()), entry.iteration(), entry.attempt(), entry.report());
    }

    void command(JournalEntry.Commanded entry) {
        clock.set(entry.at());
        memory.append(run, entry.id(), entry.command());
    }

    private Lease lease(UUID name) {
        NamedLease named = latest;
        if (named == null || !named.name().equals(name)) {
            throw new StoreException("its lease " + name + " is not the one of the last claim");
        }
        return named.lease();
    }
}
