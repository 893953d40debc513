/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.cache;

import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.StoreUnavailableException;
import dev.ralph.audit.AuditEntry;
import dev.ralph.spi.Lease;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoreListener;
import dev.ralph.spi.StoredRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store that counts its reads, may tell nobody of changes, may lose answers, and may have its runs removed. */
final class ObservedStore extends ForwardingStore {

    final List<StoreListener> listeners = new CopyOnWriteArrayList<>();
    private final List<String> reads = new ArrayList<>();
    private final Set<RunId> gone = new HashSet<>();
    private final boolean silent;
    private boolean losesAnswers;

    ObservedStore(Store store, boolean silent) {
        super(store);
        this.silent = silent;
    }

    /** The reads since the last call. */
    List<String> reads() {
        List<String> all = List.copyOf(reads);
        reads.clear();
        return all;
    }

    void loseAnswers() {
        losesAnswers = true;
    }

    /** The run is gone at the next purge or erasure. */
    void remove(RunId run) {
        gone.add(run);
    }

    @Override
    public Optional<StoredRun> find(RunId run) {
        reads.add("find");
        return super.find(run).filter(row -> !gone.contains(run));
    }

    @Override
    public Optional<StoredRun> findByTask(String taskId) {
        reads.add("findByTask");
        return super.findByTask(taskId)
                .filter(row -> !gone.contains(row.snapshot().id()));
    }

    @Override
    public Page<RunSnapshot> list(RunQuery query) {
        reads.add("list");
        Page<RunSnapshot> page = super.list(query);
        return new Page<>(
                page.items().stream().filter(run -> !gone.contains(run.id())).toList(), page.next());
    }

    @Override
    public List<CostSum> costs(CostQuery query) {
        reads.add("costs");
        return super.costs(query);
    }

    @Override
    public StepResult commit(Lease lease, Step step) {
        StepResult result = super.commit(lease, step);
        if (losesAnswers) {
            throw new StoreUnavailableException("the answer is lost");
        }
        return result;
    }

    @Override
    public int erase(String subject, List<AuditEntry> audit) {
        return gone.size();
    }

    @Override
    public int purge(Instant endedBefore) {
        return gone.size();
    }

    @Override
    public AutoCloseable listen(StoreListener listener) {
        listeners.add(listener);
        return silent ? () -> listeners.remove(listener) : super.listen(listener);
    }
}
