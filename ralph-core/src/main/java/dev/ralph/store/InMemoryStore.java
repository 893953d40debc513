/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store;

import dev.ralph.AttemptRecord;
import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.GateRecord;
import dev.ralph.InvalidValueException;
import dev.ralph.IterationRecord;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunNotFoundException;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStateException;
import dev.ralph.StoreException;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditLog;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.Creation;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.QueueStatus;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoreListener;
import dev.ralph.spi.StoredCommand;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import dev.ralph.spi.UsageReport;
import dev.ralph.store.RunRecords.AttemptKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A store in the memory of one process: nothing survives it. Orchestrators that share an instance are to each other as
 * nodes that share a database: leases, tokens and versions decide who may write.
 *
 * <p>So that a long-lived service does not run out of memory, only the runs that ended last are kept; one that ended
 * before them is forgotten with everything it recorded, its task id included. Runs that have not ended are never
 * forgotten. Listeners are told of a forgotten run as of one that changed. Of the audit trail, the newest 10,000 entries are kept.
 *
 * <p>Thread-safe. One lock guards everything; every method holds it for microseconds, listings, costs, {@link #queue},
 * {@link #erase} and {@link #purge} for as long as it takes to look at every run.
 */
public final class InMemoryStore implements Store {

    /** Ended runs kept unless the host says otherwise: with records of about 100 kB each, 100 MB. */
    public static final int DEFAULT_ENDED_RUNS = 1_000;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final RunTable runs;
    private final BudgetTable budgets = new BudgetTable();
    private final MemoryAuditLog audit = new MemoryAuditLog();
    private final Subscriptions subscriptions = new Subscriptions();
    private boolean closed;

    /** Keeps {@link #DEFAULT_ENDED_RUNS} ended runs. */
    public InMemoryStore(InstantSource clock) {
        this(clock, DEFAULT_ENDED_RUNS);
    }

    /**
     * Makes an empty store.
     *
     * @param clock what leases are measured by
     * @param endedRuns how many ended runs to keep, 1 or more
     * @throws InvalidValueException if {@code endedRuns} is less than 1
     */
    public InMemoryStore(InstantSource clock, int endedRuns) {
        if (endedRuns < 1) {
            throw new InvalidValueException("endedRuns", endedRuns, "must be 1 or more");
        }
        this.clock = clock;
        this.runs = new RunTable(endedRuns);
    }

    @Override
    public Creation create(NewRun run) {
        Creation creation = locked(() -> {
            RunEntry known = runs.find(run.id());
            if (known == null && run.taskId() != null) {
                known = runs.findByTask(run.taskId());
            }
            RunEntry entry = known == null ? runs.add(run) : known;
            if (known == null) {
                audit.add(run.audit());
            }
            return new Creation(entry.row().stored(), known == null);
        });
        if (creation.created()) {
            subscriptions.advanced(run.id());
        }
        return creation;
    }

    @Override
    public Optional<StoredRun> find(RunId run) {
        return locked(() ->
                Optional.ofNullable(runs.find(run)).map(entry -> entry.row().stored()));
    }

    @Override
    public Optional<StoredRun> findByTask(String taskId) {
        return locked(() -> Optional.ofNullable(runs.findByTask(taskId))
                .map(entry -> entry.row().stored()));
    }

    @Override
    public Page<RunSnapshot> list(RunQuery query) {
        return locked(() -> runs.list(query));
    }

    @Override
    public List<CostSum> costs(CostQuery query) {
        return locked(() -> runs.costs(query));
    }

    @Override
    public Claim claim(RunId run, String owner, Duration ttl, Set<Integer> stateVersions) {
        requirePositive(ttl);
        return locked(() -> {
            RunEntry entry = runs.find(run);
            return entry == null ? new Claim.NotFound() : entry.claim(owner, ttl, stateVersions, clock.instant());
        });
    }

    @Override
    public Set<Lease> renew(Collection<Lease> leases, Duration ttl) {
        requirePositive(ttl);
        return locked(() -> {
            Instant now = clock.instant();
            Set<Lease> held = new HashSet<>(leases);
            held.removeIf(lease -> {
                RunEntry entry = runs.find(lease.run());
                return entry == null || !entry.renew(lease, ttl, now);
            });
            return Set.copyOf(held);
        });
    }

    @Override
    public void release(Lease lease) {
        change(() -> {
            RunEntry entry = runs.find(lease.run());
            if (entry != null) {
                entry.release(lease, clock.instant());
            }
        });
    }

    @Override
    public StepResult commit(Lease lease, Step step) {
        List<RunId> forgotten = new ArrayList<>();
        StepResult result = locked(() -> commitLocked(lease, step, forgotten));
        forgotten.forEach(subscriptions::advanced);
        if (result instanceof StepResult.Committed && !step.events().isEmpty()) {
            subscriptions.advanced(lease.run());
        }
        return result;
    }

    private StepResult commitLocked(Lease lease, Step step, List<RunId> forgotten) {
        RunEntry entry = owned(lease);
        RunRow row = entry.row();
        if (row.contains(step, lease)) {
            return new StepResult.Committed(step.expectedVersion() + 1);
        }
        RunRow next = row.after(step, lease, clock.instant());
        Runnable runChanges = entry.draft(step, next);
        BudgetTable.Draft budgetChanges = budgets.draft(step.budgets());
        BudgetStatus refusal = budgetChanges.refusal();
        if (refusal != null) {
            return new StepResult.BudgetRefused(refusal);
        }
        runChanges.run();
        budgetChanges.write();
        audit.add(step.audit());
        if (next.isOver()) {
            RunId first = runs.ended(entry);
            if (first != null) {
                forgotten.add(first);
            }
        } else if (row.isOver()) {
            runs.revived(entry);
        }
        return new StepResult.Committed(next.stored().snapshot().version());
    }

    @Override
    public void reportUsage(Lease lease, int iteration, int attempt, UsageReport report) {
        change(() -> {
            RunEntry entry = owned(lease);
            entry.row().requireHeldBy(lease, clock.instant());
            entry.records().reportUsage(new AttemptKey(iteration, attempt), report);
        });
    }

    @Override
    public Optional<UsageReport> reportedUsage(RunId run, int iteration, int attempt) {
        return locked(() -> Optional.ofNullable(runs.find(run))
                .flatMap(entry -> entry.records().reportedUsage(new AttemptKey(iteration, attempt))));
    }

    @Override
    public long append(RunId run, UUID id, Command command, List<AuditEntry> told) {
        long number = locked(() -> {
            RunEntry entry = runs.find(run);
            if (entry == null) {
                throw new RunNotFoundException("there is no run " + run + "; use the id that submit or list returned");
            }
            Long known = entry.commands().numberOf(id);
            if (known != null) {
                return known;
            }
            boolean retry = command instanceof Command.Retry;
            if (entry.row().isOver() ? !(retry && entry.isDeadLetter()) : retry) {
                throw new RunStateException("run " + run + " is "
                        + entry.row().stored().snapshot().status() + " and takes no "
                        + (retry ? "retry: only one that was dead-lettered does" : "more commands"));
            }
            audit.add(told);
            return entry.commands().add(id, command, clock.instant());
        });
        subscriptions.commanded(run);
        return number;
    }

    @Override
    public List<StoredCommand> commands(RunId run, long number) {
        return read(run, entry -> entry.commands().after(number));
    }

    @Override
    public List<StoredEvent> events(RunId run, long seq, int max) {
        requirePositive(max);
        return read(run, entry -> entry.eventsAfter(seq, max));
    }

    @Override
    public List<IterationRecord> iterations(RunId run, int iteration, int max) {
        requirePositive(max);
        return read(run, entry -> entry.records().iterationsAfter(iteration, max));
    }

    @Override
    public List<AttemptRecord> attempts(RunId run, int iteration) {
        return read(run, entry -> entry.records().attempts(iteration));
    }

    @Override
    public List<GateRecord> gates(RunId run) {
        return read(run, entry -> entry.records().gates());
    }

    @Override
    public List<CheckpointRecord> checkpoints(RunId run) {
        return read(run, entry -> entry.records().checkpoints());
    }

    @Override
    public int erase(String subject, List<AuditEntry> told) {
        return locked(() -> {
            int erased = runs.erase(subject, clock.instant());
            audit.add(told);
            return erased;
        });
    }

    @Override
    public int purge(Instant endedBefore) {
        return locked(() -> runs.purge(endedBefore, clock.instant()));
    }

    @Override
    public void defineBudget(BudgetLimit limit, List<AuditEntry> told) {
        change(() -> {
            budgets.define(limit);
            audit.add(told);
        });
    }

    @Override
    public Optional<BudgetStatus> budget(String name) {
        return locked(() -> budgets.find(name));
    }

    @Override
    public Optional<QueueStatus> queue() {
        return Optional.of(locked(() -> runs.queue(clock.instant())));
    }

    @Override
    public Optional<AuditLog> audit() {
        return Optional.of(audit);
    }

    @Override
    public AutoCloseable listen(StoreListener listener) {
        return locked(() -> subscriptions.add(listener));
    }

    /** True: whoever shares this store shares this instance. */
    @Override
    public boolean seesRemoteChanges() {
        return true;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            runs.clear();
            audit.close();
            subscriptions.clear();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            if (closed) {
                throw new StoreException("this in-memory store is closed, and what it held is gone; make a new one");
            }
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable work) {
        locked(() -> {
            work.run();
            return true;
        });
    }

    private <T> List<T> read(RunId run, Function<RunEntry, List<T>> rows) {
        return locked(() -> {
            RunEntry entry = runs.find(run);
            return entry == null ? List.of() : rows.apply(entry);
        });
    }

    private RunEntry owned(Lease lease) {
        RunEntry entry = runs.find(lease.run());
        if (entry == null) {
            throw RunRow.lost(lease);
        }
        return entry;
    }

    private static void requirePositive(Duration ttl) {
        if (ttl.isZero() || ttl.isNegative()) {
            throw new InvalidValueException("ttl", ttl, "must be longer than zero");
        }
    }

    private static void requirePositive(int max) {
        if (max < 1) {
            throw new InvalidValueException("max", max, "must be 1 or more");
        }
    }
}
