/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.monitor;

import dev.ralph.AttemptRecord;
import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.Page;
import dev.ralph.RalphException;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.StoreException;
import dev.ralph.audit.AuditEntry;
import dev.ralph.internal.cache.ForwardingStore;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.Creation;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.QueueStatus;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredCommand;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import dev.ralph.spi.UsageReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells monitors of the calls of a store and of what came of them. A run is at work here from its claim until it is given
 * back, whether by a step, by a release, or by one that comes too late.
 */
public final class MonitoredStore extends ForwardingStore {

    private final WorkMonitors monitors;
    private final LongSupplier nanoTime;

    /**
     * Watches a store.
     *
     * @param nanoTime a monotonic clock
     */
    public MonitoredStore(Store store, WorkMonitors monitors, LongSupplier nanoTime) {
        super(store);
        this.monitors = monitors;
        this.nanoTime = nanoTime;
    }

    @Override
    public Creation create(NewRun run) {
        Creation creation = timed(StoreCall.CREATE, () -> super.create(run));
        if (creation.created()) {
            monitors.submitted();
        }
        return creation;
    }

    @Override
    public Claim claim(RunId run, String owner, Duration ttl, Set<Integer> stateVersions) {
        Claim claim = timed(StoreCall.CLAIM, () -> super.claim(run, owner, ttl, stateVersions));
        if (claim instanceof Claim.Granted granted) {
            monitors.claimed(granted);
        }
        return claim;
    }

    @Override
    public void release(Lease lease) {
        try {
            timed(StoreCall.RELEASE, () -> {
                super.release(lease);
                return true;
            });
        } finally {
            monitors.released(lease);
        }
    }

    @Override
    public StepResult commit(Lease lease, Step step) {
        StepResult result = timed(StoreCall.COMMIT, () -> super.commit(lease, step));
        if (result instanceof StepResult.BudgetRefused refused) {
            monitors.budgetUsed(refused.budget().limit().name());
            return result;
        }
        monitors.committed(lease, step);
        if (step.release() || step.run().status().isFinal()) {
            monitors.released(lease);
        }
        return result;
    }

    @Override
    public void defineBudget(BudgetLimit limit, List<AuditEntry> audit) {
        timed(StoreCall.DEFINE_BUDGET, () -> {
            super.defineBudget(limit, audit);
            return true;
        });
        monitors.budgetUsed(limit.name());
    }

    @Override
    public Optional<StoredRun> find(RunId run) {
        return timed(StoreCall.FIND, () -> super.find(run));
    }

    @Override
    public Optional<StoredRun> findByTask(String taskId) {
        return timed(StoreCall.FIND_BY_TASK, () -> super.findByTask(taskId));
    }

    @Override
    public Page<RunSnapshot> list(RunQuery query) {
        return timed(StoreCall.LIST, () -> super.list(query));
    }

    @Override
    public List<CostSum> costs(CostQuery query) {
        return timed(StoreCall.COSTS, () -> super.costs(query));
    }

    @Override
    public Set<Lease> renew(Collection<Lease> leases, Duration ttl) {
        return timed(StoreCall.RENEW, () -> super.renew(leases, ttl));
    }

    @Override
    public Set<Lease> lost(Collection<Lease> notRenewed) {
        return timed(StoreCall.LOST, () -> super.lost(notRenewed));
    }

    @Override
    public void reportUsage(Lease lease, int iteration, int attempt, UsageReport report) {
        timed(StoreCall.REPORT_USAGE, () -> {
            super.reportUsage(lease, iteration, attempt, report);
            return true;
        });
    }

    @Override
    public Optional<UsageReport> reportedUsage(RunId run, int iteration, int attempt) {
        return timed(StoreCall.REPORTED_USAGE, () -> super.reportedUsage(run, iteration, attempt));
    }

    @Override
    public long append(RunId run, UUID id, Command command, List<AuditEntry> audit) {
        return timed(StoreCall.APPEND, () -> super.append(run, id, command, audit));
    }

    @Override
    public List<StoredCommand> commands(RunId run, long number) {
        return timed(StoreCall.COMMANDS, () -> super.commands(run, number));
    }

    @Override
    public List<StoredEvent> events(RunId run, long seq, int max) {
        return timed(StoreCall.EVENTS, () -> super.events(run, seq, max));
    }

    @Override
    public List<IterationRecord> iterations(RunId run, int iteration, int max) {
        return timed(StoreCall.ITERATIONS, () -> super.iterations(run, iteration, max));
    }

    @Override
    public List<AttemptRecord> attempts(RunId run, int iteration) {
        return timed(StoreCall.ATTEMPTS, () -> super.attempts(run, iteration));
    }

    @Override
    public List<GateRecord> gates(RunId run) {
        return timed(StoreCall.GATES, () -> super.gates(run));
    }

    @Override
    public List<CheckpointRecord> checkpoints(RunId run) {
        return timed(StoreCall.CHECKPOINTS, () -> super.checkpoints(run));
    }

    @Override
    public Optional<BudgetStatus> budget(String name) {
        return timed(StoreCall.BUDGET, () -> super.budget(name));
    }

    @Override
    public Optional<QueueStatus> queue() {
        return timed(StoreCall.QUEUE, super::queue);
    }

    @Override
    public int erase(String subject, List<AuditEntry> audit) {
        return timed(StoreCall.ERASE, () -> super.erase(subject, audit));
    }

    @Override
    public int purge(Instant endedBefore) {
        return timed(StoreCall.PURGE, () -> super.purge(endedBefore));
    }

    private <T> T timed(StoreCall call, Supplier<T> work) {
        if (monitors.isEmpty()) {
            return work.get();
        }
        long begin = nanoTime.getAsLong();
        boolean answered = false;
        try {
            T result = work.get();
            answered = true;
            return result;
        } catch (RalphException e) {
            answered = !(e instanceof StoreException);
            throw e;
        } finally {
            monitors.storeCalled(call, answered, nanoTime.getAsLong() - begin);
        }
    }
}
