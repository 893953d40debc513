/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import dev.ralph.Actor;
import dev.ralph.AgentStatus;
import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorClosedException;
import dev.ralph.Page;
import dev.ralph.Privacy;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunResult;
import dev.ralph.RunSnapshot;
import dev.ralph.RunSpec;
import dev.ralph.audit.AuditLog;
import dev.ralph.cache.CacheFigures;
import dev.ralph.health.Health;
import dev.ralph.log.Redaction;
import dev.ralph.process.ContainmentReport;
import dev.ralph.spi.ArtifactStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An orchestrator that beans can have before it works: it is built when the context starts, with all beans there are by then,
 * or when it is used before. Thread-safe.
 */
final class HostedOrchestrator implements Orchestrator {

    private final Supplier<Orchestrator> build;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Orchestrator built;
    private boolean closed;

    HostedOrchestrator(Supplier<Orchestrator> build) {
        this.build = build;
    }

    /**
     * Builds it, unless that was done.
     *
     * @throws dev.ralph.ConfigurationException if something configured is missing, doubled or unusable
     * @throws OrchestratorClosedException if it was closed before
     */
    Orchestrator start() {
        Orchestrator known = built;
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            known = built;
            if (known == null) {
                if (closed) {
                    throw new OrchestratorClosedException(
                            "this orchestrator was closed before the application started");
                }
                known = build.get();
                built = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public RunResult run(RunSpec spec) throws InterruptedException {
        return start().run(spec);
    }

    @Override
    public Run submit(RunSpec spec) {
        return start().submit(spec);
    }

    @Override
    public Optional<Run> find(RunId id) {
        return start().find(id);
    }

    @Override
    public Optional<Run> findByTaskId(String taskId) {
        return start().findByTaskId(taskId);
    }

    @Override
    public Page<RunSnapshot> list(RunQuery query) {
        return start().list(query);
    }

    @Override
    public List<CostSum> costs(CostQuery query) {
        return start().costs(query);
    }

    @Override
    public Run resume(RunId id) {
        return start().resume(id);
    }

    @Override
    public int requeue() {
        return start().requeue();
    }

    @Override
    public List<AgentStatus> agents() {
        return start().agents();
    }

    @Override
    public Limits defaultLimits() {
        return start().defaultLimits();
    }

    @Override
    public ContainmentReport containment() {
        return start().containment();
    }

    @Override
    public Health health() {
        return start().health();
    }

    @Override
    public Redaction redaction() {
        return start().redaction();
    }

    @Override
    public Optional<ArtifactStore> artifacts() {
        return start().artifacts();
    }

    @Override
    public Optional<AuditLog> audit() {
        return start().audit();
    }

    @Override
    public void measure(MeterRegistry registry) {
        start().measure(registry);
    }

    @Override
    public Privacy privacy() {
        return start().privacy();
    }

    @Override
    public Map<String, CacheFigures> cacheFigures() {
        return start().cacheFigures();
    }

    @Override
    public Orchestrator as(Actor actor) {
        return start().as(actor);
    }

    @Override
    public void defineBudget(BudgetLimit limit) {
        start().defineBudget(limit);
    }

    @Override
    public Optional<BudgetStatus> budget(String name) {
        return start().budget(name);
    }

    @Override
    public void close() {
        Orchestrator known = closing();
        if (known != null) {
            known.close();
        }
    }

    @Override
    public boolean close(Duration timeout) {
        Orchestrator known = closing();
        return known == null || known.close(timeout);
    }

    private @Nullable Orchestrator closing() {
        lock.lock();
        try {
            closed = true;
            return built;
        } finally {
            lock.unlock();
        }
    }
}
