/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.journal;

import dev.ralph.AttemptRecord;
import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.ConfigurationException;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStateException;
import dev.ralph.StoreException;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.Creation;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoreListener;
import dev.ralph.spi.StoredCommand;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import dev.ralph.spi.UsageReport;
import dev.ralph.store.InMemoryStore;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A store in memory that writes every change of a run into a journal before it answers, and reads the journals of other
 * processes. A run belongs to the process that has its lock: while it works on the run, others can read it but neither
 * claim nor command it. When that process is gone, however it went, another one goes on at once. At most one store per
 * folder and process.
 *
 * <p>Shared budgets are refused: they would need a journal that every process writes to at once.
 *
 * <p>Thread-safe. One lock guards everything, the writing to disk included.
 */
public final class JournaledStore implements Store {

    /** Longer than a supervisor takes to kill the agent of a process that died. */
    private static final Duration KILL_TIME = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final SettableClock time = new SettableClock();
    private final InMemoryStore memory = new InMemoryStore(time, Integer.MAX_VALUE);
    private final Journals journals;
    private final RunLocks locks;
    private final News news = new News();
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Opens a folder of journals, and makes it if there is none.
     *
     * @param folder on a local file system
     * @param clock what leases are measured by
     * @throws StoreException if the folder cannot be made
     */
    public JournaledStore(Path folder, InstantSource clock) {
        try {
            PrivateFiles.createFolder(folder);
        } catch (IOException e) {
            throw new StoreException(
                    "the folder " + folder + " for runs cannot be made: " + e + "; set RALPH_HOME to one that can", e);
        }
        this.clock = clock;
        this.locks = new RunLocks(folder.resolve("locks"));
        this.journals = new Journals(folder, memory, time, locks);
        memory.listen(news);
    }

    @Override
    public Creation create(NewRun run) {
        return locked(() -> {
            if (run.taskId() == null) {
                journals.find(run.id());
                return createLocked(run);
            }
            FileLock creating = locks.lockCreation();
            try {
                journals.refreshAll();
                return createLocked(run);
            } finally {
                RunLocks.unlock(creating);
            }
        });
    }

    private Creation createLocked(NewRun run) {
        Creation creation = memory.create(run);
        if (creation.created()) {
            RunJournal journal = journals.add(run.id());
            journal.write(new JournalEntry.Created(JournalEntry.Created.FORMAT, run), true);
            journal.unlock();
        }
        return creation;
    }

    @Override
    public Claim claim(RunId run, String owner, Duration ttl, Set<Integer> stateVersions) {
        return locked(() -> {
            RunJournal journal = journals.find(run);
            if (journal == null) {
                return memory.claim(run, owner, ttl, stateVersions);
            }
            if (!journal.tryLock()) {
                return heldElsewhere(run);
            }
            Instant now = now();
            try {
                cutShort(run, journal, now);
                Claim claim = memory.claim(run, owner, ttl, stateVersions);
                if (claim instanceof Claim.Granted granted) {
                    journal.replay().claimed(granted.lease());
                    UUID token = granted.lease().token();
                    journal.write(new JournalEntry.Claimed(now, owner, ttl, stateVersions, token), true);
                }
                return claim;
            } finally {
                unlockUnlessLeased(run, journal);
            }
        });
    }

    @Override
    public Set<Lease> renew(Collection<Lease> leases, Duration ttl) {
        return locked(() -> {
            Instant now = now();
            Set<Lease> held = memory.renew(leases, ttl);
            // Not waited for: what a crash of the host takes of these is only how long a dead agent had been at work.
            held.forEach(lease ->
                    journals.require(lease.run()).write(new JournalEntry.Renewed(now, lease.token(), ttl), false));
            return held;
        });
    }

    @Override
    public void release(Lease lease) {
        locked(() -> {
            RunJournal journal = journals.find(lease.run());
            boolean leased = journal != null && isLeased(lease.run(), journal);
            Instant now = now();
            memory.release(lease);
            if (journal != null && leased && !isLeased(lease.run(), journal)) {
                journal.write(new JournalEntry.Released(now, lease.token()), true);
                journal.unlock();
            }
            return true;
        });
    }

    @Override
    public StepResult commit(Lease lease, Step step) {
        return locked(() -> {
            RunJournal journal = journals.find(lease.run());
            Instant now = now();
            StepResult result = memory.commit(lease, step);
            // Without the lock this is the answer to a step that was committed and written long ago.
            if (journal != null && journal.isLocked() && result instanceof StepResult.Committed) {
                journal.write(new JournalEntry.Committed(now, lease.token(), step), true);
                unlockUnlessLeased(lease.run(), journal);
            }
            return result;
        });
    }

    @Override
    public void reportUsage(Lease lease, int iteration, int attempt, UsageReport report) {
        locked(() -> {
            Instant now = now();
            memory.reportUsage(lease, iteration, attempt, report);
            journals.require(lease.run())
                    .write(new JournalEntry.UsageNoted(now, lease.token(), iteration, attempt, report), true);
            return true;
        });
    }

    @Override
    public long append(RunId run, UUID id, Command command) {
        return locked(() -> {
            RunJournal journal = journals.find(run);
            if (journal == null) {
                return memory.append(run, id, command);
            }
            if (!journal.tryLock()) {
                throw new RunStateException("run " + run + " is worked on by another process, "
                        + heldElsewhere(run).owner() + "; wait for its end, or stop it there with Ctrl-C");
            }
            Instant now = now();
            try {
                long number = memory.append(run, id, command);
                journal.write(new JournalEntry.Commanded(now, id, command), true);
                return number;
            } finally {
                unlockUnlessLeased(run, journal);
            }
        });
    }

    @Override
    public Optional<StoredRun> find(RunId run) {
        return read(run, () -> memory.find(run));
    }

    @Override
    public Optional<StoredRun> findByTask(String taskId) {
        return locked(() -> {
            journals.refreshAll();
            return memory.findByTask(taskId);
        });
    }

    @Override
    public Page<RunSnapshot> list(RunQuery query) {
        return locked(() -> {
            journals.refreshAll();
            return memory.list(query);
        });
    }

    @Override
    public Optional<UsageReport> reportedUsage(RunId run, int iteration, int attempt) {
        return read(run, () -> memory.reportedUsage(run, iteration, attempt));
    }

    @Override
    public List<StoredCommand> commands(RunId run, long number) {
        return read(run, () -> memory.commands(run, number));
    }

    @Override
    public List<StoredEvent> events(RunId run, long seq, int max) {
        return read(run, () -> memory.events(run, seq, max));
    }

    @Override
    public List<IterationRecord> iterations(RunId run, int iteration, int max) {
        return read(run, () -> memory.iterations(run, iteration, max));
    }

    @Override
    public List<AttemptRecord> attempts(RunId run, int iteration) {
        return read(run, () -> memory.attempts(run, iteration));
    }

    @Override
    public List<GateRecord> gates(RunId run) {
        return read(run, () -> memory.gates(run));
    }

    @Override
    public List<CheckpointRecord> checkpoints(RunId run) {
        return read(run, () -> memory.checkpoints(run));
    }

    /**
     * Refused.
     *
     * @throws ConfigurationException always
     */
    @Override
    public void defineBudget(BudgetLimit limit) {
        throw new ConfigurationException("budget '" + limit.name()
                + "' cannot be shared here: this store keeps each run in a file of its own; limit each run instead");
    }

    @Override
    public Optional<BudgetStatus> budget(String name) {
        return memory.budget(name);
    }

    @Override
    public AutoCloseable listen(StoreListener listener) {
        return news.subscribe(listener);
    }

    /** False: what other processes write is seen when somebody looks. */
    @Override
    public boolean seesRemoteChanges() {
        return false;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            journals.close();
        } finally {
            locks.close();
            memory.close();
            lock.unlock();
        }
    }

    private <T> T read(RunId run, Supplier<T> rows) {
        return locked(() -> {
            journals.find(run);
            return rows.get();
        });
    }

    private <T> T locked(Supplier<T> work) {
        List<Consumer<StoreListener>> told;
        T answer;
        lock.lock();
        try {
            answer = work.get();
            told = news.take();
        } finally {
            lock.unlock();
        }
        news.deliver(told);
        return answer;
    }

    /** Sets the time of the calls to the store in memory that follow. */
    private Instant now() {
        Instant now = clock.instant();
        time.set(now);
        return now;
    }

    /** The process that had the lease is dead, or its lock would be held: its lease need not run to its end. */
    private void cutShort(RunId run, RunJournal journal, Instant now) {
        Replay.NamedLease latest = journal.replay().latest();
        Instant until = memory.find(run).map(StoredRun::leaseUntil).orElse(null);
        if (latest != null && !latest.ours() && until != null && until.isAfter(now.plus(KILL_TIME))) {
            memory.renew(Set.of(latest.lease()), KILL_TIME);
            journal.write(new JournalEntry.Renewed(now, latest.name(), KILL_TIME), true);
        }
    }

    private Claim.Held heldElsewhere(RunId run) {
        StoredRun stored = memory.find(run).orElseThrow();
        String owner = stored.snapshot().owner();
        Instant until = stored.leaseUntil();
        return new Claim.Held(
                owner == null ? "one that has just begun" : owner, until == null ? clock.instant() : until);
    }

    private void unlockUnlessLeased(RunId run, RunJournal journal) {
        if (!isLeased(run, journal)) {
            journal.unlock();
        }
    }

    /** Whether a lease of this process is in the run's row, even one that has run out. */
    private boolean isLeased(RunId run, RunJournal journal) {
        Replay.NamedLease latest = journal.replay().latest();
        return latest != null
                && latest.ours()
                && memory.find(run).map(StoredRun::leaseUntil).isPresent();
    }
}
