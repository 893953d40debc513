/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.observation;

import dev.ralph.AttemptRecord;
import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.audit.AuditEntry;
import dev.ralph.internal.cache.ForwardingStore;
import dev.ralph.observation.CallObservationContext;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.Creation;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredCommand;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import dev.ralph.spi.UsageReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** A store whose calls are observed; not the renewal of leases, which is the background's. */
public final class TracedStore extends ForwardingStore {

    private final Observations observations;

    private TracedStore(Store store, Observations observations) {
        super(store);
        this.observations = observations;
    }

    /** The same store, whose calls are observed if anything is. */
    public static Store of(Store store, Observations observations) {
        return observations.enabled() ? new TracedStore(store, observations) : store;
    }

    @Override
    public Creation create(NewRun run) {
        return observed("create", () -> super.create(run));
    }

    @Override
    public Optional<StoredRun> find(RunId run) {
        return observed("find", () -> super.find(run));
    }

    @Override
    public Optional<StoredRun> findByTask(String taskId) {
        return observed("findByTask", () -> super.findByTask(taskId));
    }

    @Override
    public Page<RunSnapshot> list(RunQuery query) {
        return observed("list", () -> super.list(query));
    }

    @Override
    public List<CostSum> costs(CostQuery query) {
        return observed("costs", () -> super.costs(query));
    }

    @Override
    public Claim claim(RunId run, String owner, Duration ttl, Set<Integer> stateVersions) {
        return observed("claim", () -> super.claim(run, owner, ttl, stateVersions));
    }

    @Override
    public void release(Lease lease) {
        observe("release", () -> super.release(lease));
    }

    @Override
    public StepResult commit(Lease lease, Step step) {
        return observed("commit", () -> super.commit(lease, step));
    }

    @Override
    public void reportUsage(Lease lease, int iteration, int attempt, UsageReport report) {
        observe("reportUsage", () -> super.reportUsage(lease, iteration, attempt, report));
    }

    @Override
    public Optional<UsageReport> reportedUsage(RunId run, int iteration, int attempt) {
        return observed("reportedUsage", () -> super.reportedUsage(run, iteration, attempt));
    }

    @Override
    public long append(RunId run, UUID id, Command command, List<AuditEntry> audit) {
        return observed("append", () -> super.append(run, id, command, audit));
    }

    @Override
    public List<StoredCommand> commands(RunId run, long number) {
        return observed("commands", () -> super.commands(run, number));
    }

    @Override
    public List<StoredEvent> events(RunId run, long seq, int max) {
        return observed("events", () -> super.events(run, seq, max));
    }

    @Override
    public List<IterationRecord> iterations(RunId run, int iteration, int max) {
        return observed("iterations", () -> super.iterations(run, iteration, max));
    }

    @Override
    public List<AttemptRecord> attempts(RunId run, int iteration) {
        return observed("attempts", () -> super.attempts(run, iteration));
    }

    @Override
    public List<GateRecord> gates(RunId run) {
        return observed("gates", () -> super.gates(run));
    }

    @Override
    public List<CheckpointRecord> checkpoints(RunId run) {
        return observed("checkpoints", () -> super.checkpoints(run));
    }

    @Override
    public void defineBudget(BudgetLimit limit, List<AuditEntry> audit) {
        observe("defineBudget", () -> super.defineBudget(limit, audit));
    }

    @Override
    public Optional<BudgetStatus> budget(String name) {
        return observed("budget", () -> super.budget(name));
    }

    @Override
    public int erase(String subject, List<AuditEntry> audit) {
        return observed("erase", () -> super.erase(subject, audit));
    }

    @Override
    public int purge(Instant endedBefore) {
        return observed("purge", () -> super.purge(endedBefore));
    }

    private <T> T observed(String operation, Supplier<T> call) {
        return observations.call(() -> CallObservationContext.ofStore(operation), context -> {
            T answer = call.get();
            context.ended("ok");
            return answer;
        });
    }

    private void observe(String operation, Runnable call) {
        observed(operation, () -> {
            call.run();
            return true;
        });
    }
}
