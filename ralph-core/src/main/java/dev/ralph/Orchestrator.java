/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

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

/**
 * Runs agents in loops. One per process is enough. Thread-safe.
 *
 * <pre>{@code
 * try (Orchestrator ralph = Orchestrator.builder().build()) {
 *     RunResult result = ralph.run(RunSpec.prompt("Make the tests pass")
 *             .workspace(Path.of("repo"))
 *             .limits(Limits.builder().maxIterations(20).maxCost("5.00").build())
 *             .gate(Gate.command("mvn", "-q", "test"))
 *             .build());
 * }
 * }</pre>
 */
public interface Orchestrator extends AutoCloseable {

    static OrchestratorBuilder builder() {
        return new OrchestratorBuilder();
    }

    /**
     * Submits and waits for the end. Interrupting the caller does not end the run; {@link Run#cancel} does.
     *
     * @throws RalphException as {@link #submit}
     */
    RunResult run(RunSpec spec) throws InterruptedException;

    /**
     * Stores the run and queues it; returns at once. A spec whose task id is known returns the run that has it,
     * whatever else the spec says.
     *
     * @throws InvalidPromptException if the prompt file cannot be used
     * @throws WorkspaceException if the workspace cannot be used
     * @throws ConfigurationException if the spec names an agent or a gate that is not registered
     * @throws OrchestratorClosedException if this orchestrator is closing
     */
    Run submit(RunSpec spec);

    /** The run with this id, whichever node works on it. */
    Optional<Run> find(RunId id);

    /** The run with this task id. */
    Optional<Run> findByTaskId(String taskId);

    Page<RunSnapshot> list(RunQuery query);

    /**
     * Adds up tokens and cost of settled attempts, in rows by day, agent and label as the query asks.
     *
     * @throws StoreException if the store adds nothing up
     */
    List<CostSum> costs(CostQuery query);

    /**
     * Goes on with a run that is paused, was handed back, or whose node died. Without effect on one that is worked on
     * or has ended.
     *
     * @throws RunNotFoundException if there is none with this id
     */
    Run resume(RunId id);

    /**
     * Queues again every run of the store that somebody must work on: a queue in memory forgets its runs when its process ends.
     * These are the runs that have not ended and are not paused, and those that are paused or
     * {@linkplain StopReason#DEAD_LETTERED dead-lettered} with a command to go on or to end that was accepted and not carried
     * out yet. Each goes on from where it stands, as its commands say; nothing is commanded, and nothing is recorded in the
     * audit trail. Without effect on runs that are queued or worked on here. Blocks while the store is read. What cannot be
     * queued is logged and left.
     *
     * @return how many runs there were; 0 if this orchestrator does not know how to
     * @throws OrchestratorClosedException if this orchestrator is closing
     * @throws StoreException if the store cannot be listed
     */
    default int requeue() {
        return 0;
    }

    /** Probes every registered agent; blocks while they answer. Spends no tokens. */
    List<AgentStatus> agents();

    /** The limits of a run that names none: from the builder, else from configuration, else {@link Limits#DEFAULT}. */
    Limits defaultLimits();

    /** How well agents are contained on this host, and why not better. */
    ContainmentReport containment();

    /**
     * How this node is: alive, ready, and in every detail. Asks when it is asked, costs nothing else; can be asked while and after
     * this orchestrator is closed.
     */
    Health health();

    /**
     * Masks secrets as this orchestrator does, those included that it hands out from now on: for what a host itself logs,
     * reports and shows. It outlives the orchestrator.
     */
    Redaction redaction();

    /**
     * Where full outputs are kept, if they are: to list and purge them, and for its {@link ArtifactStore#maintain}, which
     * nobody but the host calls. Do not close it. If the store encrypts, it seals what it is given and opens what it gives.
     */
    Optional<ArtifactStore> artifacts();

    /**
     * The audit trail: who did what to which run, from where, when; if the store keeps one. Without {@link #as}, what this
     * orchestrator is told to do was done by its node, {@code node:<name>}.
     */
    Optional<AuditLog> audit();

    /**
     * Counts into a registry what this orchestrator does, until it is closed; then its meters go from there. Again with the same
     * registry changes nothing. Their names are {@link dev.ralph.metrics.RalphMetricNames}. Orchestrators that share a
     * registry count into the same meters, and take them away from each other when one of them is closed.
     *
     * @throws OrchestratorClosedException if this orchestrator is closed
     */
    void measure(MeterRegistry registry);

    /** Erases and exports what is kept of a person, and removes what is old; told of as done by whoever uses this. */
    Privacy privacy();

    /** What the caches of what people read did so far, by region; empty if nothing is cached. */
    default Map<String, CacheFigures> cacheFigures() {
        return Map.of();
    }

    /**
     * This orchestrator as somebody uses it: what is done by the view, and by handles of runs it returns, is recorded in the
     * audit trail as done by {@code actor}. A view costs nothing; make one for each request. It does not own the orchestrator:
     * closing it does nothing.
     */
    Orchestrator as(Actor actor);

    /** Creates a shared budget or changes its limits; what is consumed stays. */
    void defineBudget(BudgetLimit limit);

    Optional<BudgetStatus> budget(String name);

    /** {@link #close(Duration)} with the configured drain time-out, 30 seconds by default. */
    @Override
    void close();

    /**
     * Takes no more work, lets iterations in flight come to their end, and at the deadline stops their agents. Every run
     * that has not ended goes back to its queue; nothing recorded is lost. Closing twice is allowed.
     *
     * @return whether every iteration in flight came to its end in time
     */
    boolean close(Duration timeout);
}
