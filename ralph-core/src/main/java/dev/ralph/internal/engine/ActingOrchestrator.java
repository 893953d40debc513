/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.Actor;
import dev.ralph.AgentStatus;
import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
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

/** An orchestrator as somebody uses it. What changes nothing is the orchestrator's own. */
final class ActingOrchestrator implements Orchestrator {

    private final EmbeddedOrchestrator orchestrator;
    private final Actor actor;

    ActingOrchestrator(EmbeddedOrchestrator orchestrator, Actor actor) {
        this.orchestrator = orchestrator;
        this.actor = actor;
    }

    @Override
    public RunResult run(RunSpec spec) throws InterruptedException {
        return submit(spec).await();
    }

    @Override
    public Run submit(RunSpec spec) {
        return orchestrator.submit(spec, actor);
    }

    @Override
    public Optional<Run> find(RunId id) {
        return orchestrator.find(id, actor);
    }

    @Override
    public Optional<Run> findByTaskId(String taskId) {
        return orchestrator.findByTaskId(taskId, actor);
    }

    @Override
    public Page<RunSnapshot> list(RunQuery query) {
        return orchestrator.list(query);
    }

    @Override
    public List<CostSum> costs(CostQuery query) {
        return orchestrator.costs(query);
    }

    @Override
    public Run resume(RunId id) {
        return orchestrator.resume(id, actor);
    }

    @Override
    public int requeue() {
        return orchestrator.requeue();
    }

    @Override
    public List<AgentStatus> agents() {
        return orchestrator.agents();
    }

    @Override
    public Limits defaultLimits() {
        return orchestrator.defaultLimits();
    }

    @Override
    public ContainmentReport containment() {
        return orchestrator.containment();
    }

    @Override
    public Health health() {
        return orchestrator.health();
    }

    @Override
    public Redaction redaction() {
        return orchestrator.redaction();
    }

    @Override
    public Optional<ArtifactStore> artifacts() {
        return orchestrator.artifacts();
    }

    @Override
    public Optional<AuditLog> audit() {
        return orchestrator.audit();
    }

    @Override
    public void measure(MeterRegistry registry) {
        orchestrator.measure(registry);
    }

    @Override
    public Privacy privacy() {
        return orchestrator.privacy(actor);
    }

    @Override
    public Map<String, CacheFigures> cacheFigures() {
        return orchestrator.cacheFigures();
    }

    @Override
    public Orchestrator as(Actor other) {
        return orchestrator.as(other);
    }

    @Override
    public void defineBudget(BudgetLimit limit) {
        orchestrator.defineBudget(limit, actor);
    }

    @Override
    public Optional<BudgetStatus> budget(String name) {
        return orchestrator.budget(name);
    }

    /** Nothing: whoever made the orchestrator closes it. */
    @Override
    public void close() {}

    /** Nothing, as {@link #close()}. */
    @Override
    public boolean close(Duration timeout) {
        return true;
    }
}
