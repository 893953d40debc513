/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.cache;

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
import dev.ralph.audit.AuditLog;
import dev.ralph.health.HealthProbe;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.ContentSeal;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Does what another store does. */
public abstract class ForwardingStore implements Store {

    private final Store store;

    protected ForwardingStore(Store store) {
        this.store = store;
    }

    @Override
    public Creation create(NewRun run) {
        return store.create(run);
    }

    @Override
    public Optional<StoredRun> find(RunId run) {
        return store.find(run);
    }

    @Override
    public Optional<StoredRun> findByTask(String taskId) {
        return store.findByTask(taskId);
    }

    @Override
    public Page<RunSnapshot> list(RunQuery query) {
        return store.list(query);
    }

    @Override
    public List<CostSum> costs(CostQuery query) {
        return store.costs(query);
    }

    @Override
    public Claim claim(RunId run, String owner, Duration ttl, Set<Integer> stateVersions) {
        return store.claim(run, owner, ttl, stateVersions);
    }

    @Override
    public Set<Lease> renew(Collection<Lease> leases, Duration ttl) {
        return store.renew(leases, ttl);
    }

    @Override
    public Set<Lease> lost(Collection<Lease> notRenewed) {
        return store.lost(notRenewed);
    }

    @Override
    public void release(Lease lease) {
        store.release(lease);
    }

    @Override
    public StepResult commit(Lease lease, Step step) {
        return store.commit(lease, step);
    }

    @Override
    public void reportUsage(Lease lease, int iteration, int attempt, UsageReport report) {
        store.reportUsage(lease, iteration, attempt, report);
    }

    @Override
    public Optional<UsageReport> reportedUsage(RunId run, int iteration, int attempt) {
        return store.reportedUsage(run, iteration, attempt);
    }

    @Override
    public long append(RunId run, UUID id, Command command, List<AuditEntry> audit) {
        return store.append(run, id, command, audit);
    }

    @Override
    public List<StoredCommand> commands(RunId run, long number) {
        return store.commands(run, number);
    }

    @Override
    public List<StoredEvent> events(RunId run, long seq, int max) {
        return store.events(run, seq, max);
    }

    @Override
    public List<IterationRecord> iterations(RunId run, int iteration, int max) {
        return store.iterations(run, iteration, max);
    }

    @Override
    public List<AttemptRecord> attempts(RunId run, int iteration) {
        return store.attempts(run, iteration);
    }

    @Override
    public List<GateRecord> gates(RunId run) {
        return store.gates(run);
    }

    @Override
    public List<CheckpointRecord> checkpoints(RunId run) {
        return store.checkpoints(run);
    }

    @Override
    public void defineBudget(BudgetLimit limit, List<AuditEntry> audit) {
        store.defineBudget(limit, audit);
    }

    @Override
    public Optional<BudgetStatus> budget(String name) {
        return store.budget(name);
    }

    @Override
    public Optional<QueueStatus> queue() {
        return store.queue();
    }

    @Override
    public Optional<AuditLog> audit() {
        return store.audit();
    }

    @Override
    public AutoCloseable listen(StoreListener listener) {
        return store.listen(listener);
    }

    @Override
    public boolean seesRemoteChanges() {
        return store.seesRemoteChanges();
    }

    @Override
    public Optional<ContentSeal> contentSeal() {
        return store.contentSeal();
    }

    @Override
    public int erase(String subject, List<AuditEntry> audit) {
        return store.erase(subject, audit);
    }

    @Override
    public int purge(Instant endedBefore) {
        return store.purge(endedBefore);
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return type.isInstance(this) ? Optional.of(type.cast(this)) : store.unwrap(type);
    }

    @Override
    public List<HealthProbe> healthProbes() {
        return store.healthProbes();
    }

    @Override
    public Set<Path> diskFolders() {
        return store.diskFolders();
    }

    @Override
    public void close() {
        store.close();
    }
}
