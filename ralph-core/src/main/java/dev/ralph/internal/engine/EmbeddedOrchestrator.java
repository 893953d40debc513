/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.Actor;
import dev.ralph.AgentRef;
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
import dev.ralph.RunNotFoundException;
import dev.ralph.RunQuery;
import dev.ralph.RunResult;
import dev.ralph.RunSnapshot;
import dev.ralph.RunSpec;
import dev.ralph.audit.AuditLog;
import dev.ralph.cache.CacheFigures;
import dev.ralph.event.StateEvent;
import dev.ralph.health.Health;
import dev.ralph.internal.health.ProbedHealth;
import dev.ralph.internal.machine.LoopState;
import dev.ralph.internal.metrics.OrchestratorMeters;
import dev.ralph.internal.observation.TraceHeaders;
import dev.ralph.internal.worker.RunWorker;
import dev.ralph.internal.worker.WorkerServices;
import dev.ralph.log.Redaction;
import dev.ralph.observation.SubmissionObservationContext;
import dev.ralph.process.ContainmentReport;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.Creation;
import dev.ralph.spi.DispatchContext;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.QueuedRun;
import dev.ralph.spi.StoredRun;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The orchestrator of one process. */
final class EmbeddedOrchestrator implements Orchestrator {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedOrchestrator.class);

    /** Beyond what a timer can count. */
    private static final Duration LONGEST_DRAIN = Duration.ofDays(365);

    /** Longer than any grace period: after it, an agent is dead or its adapter broken. */
    private static final Duration CUT_OFF_TIME = Duration.ofSeconds(15);

    private final WorkerServices services;
    private final Readings readings;
    private final RunWorker worker;
    private final Dispatcher dispatcher;
    private final Limits defaultLimits;
    private final InstantSource clock;
    private final Duration drainTimeout;
    private final Owned owned;
    private final ProbedHealth health;
    private final OrchestratorMeters meters;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean gone;

    private EmbeddedOrchestrator(
            WorkerServices services,
            Readings readings,
            RunWorker worker,
            Dispatcher dispatcher,
            Limits defaultLimits,
            InstantSource clock,
            Duration drainTimeout,
            HealthSettings health,
            Owned owned) {
        this.services = services;
        this.readings = readings;
        this.worker = worker;
        this.dispatcher = dispatcher;
        this.defaultLimits = defaultLimits;
        this.clock = clock;
        this.drainTimeout = drainTimeout;
        this.owned = owned;
        this.health = health.of(services, dispatcher, closed::get);
        this.meters = new OrchestratorMeters(new OrchestratorMeters.Sources(
                services.monitors(),
                services.store(),
                services.background(),
                services.agents().ids(),
                readings.figures(),
                readings.outerTier(),
                this.health,
                services.nanoTime()));
    }

    static Orchestrator start(
            WorkerServices services,
            Readings readings,
            RunWorker worker,
            Dispatcher dispatcher,
            Limits defaultLimits,
            DispatchContext context,
            InstantSource clock,
            Duration drainTimeout,
            Duration poll,
            HealthSettings health,
            List<MeterRegistry> registries,
            Owned owned) {
        EmbeddedOrchestrator orchestrator = new EmbeddedOrchestrator(
                services, readings, worker, dispatcher, defaultLimits, clock, drainTimeout, health, owned);
        owned.add(orchestrator.meters);
        registries.forEach(orchestrator.meters::bindTo);
        owned.add(services.store().listen(worker));
        ScheduledExecutorService polling =
                Executors.newSingleThreadScheduledExecutor(Threads.daemons("ralph-command-poll-"));
        owned.add(polling, ScheduledExecutorService::shutdownNow);
        owned.add(
                polling.scheduleWithFixedDelay(
                        worker::pollCommands, poll.toMillis(), poll.toMillis(), TimeUnit.MILLISECONDS),
                polls -> polls.cancel(true));
        dispatcher.start(context);
        return orchestrator;
    }

    @Override
    public RunResult run(RunSpec spec) throws InterruptedException {
        return submit(spec).await();
    }

    @Override
    public Run submit(RunSpec spec) {
        return submit(spec, node());
    }

    Run submit(RunSpec spec, Actor actor) {
        ensureOpen();
        return services.observations()
                .observe(new SubmissionObservationContext(), observed -> submit(spec, actor, observed));
    }

    private Run submit(RunSpec spec, Actor actor, SubmissionObservationContext observed) {
        Optional<StoredRun> known = Optional.ofNullable(spec.taskId()).flatMap(services.store()::findByTask);
        if (known.isPresent()) {
            goOn(known.get());
            observed.submitted(known.get().snapshot().id(), false);
            return handle(known.get().snapshot().id(), actor);
        }
        RunSpec complete = spec.requestedLimits() == null ? spec.withLimits(defaultLimits) : spec;
        new SubmissionCheck(services).check(complete);
        Instant now = clock.instant();
        RunId id = RunId.create(now);
        String workspace =
                services.workspaces().sources().of(complete.workspace()).key(id, complete.workspace());
        Creation creation = services.store()
                .create(new NewRun(
                        id,
                        complete.taskId(),
                        complete.tenant(),
                        complete.subject(),
                        complete.labels(),
                        complete.agents().stream().map(AgentRef::id).toList(),
                        services.codec().encode(complete, TraceHeaders.of(observed.getCarrier())),
                        services.codec().encode(LoopState.submitted(complete), complete),
                        services.codec().encode(new StateEvent.RunSubmitted(id, 1, now)),
                        now,
                        complete.startDelay(),
                        complete.priority(),
                        workspace,
                        List.of(services.audit().submitted(actor, id, complete))));
        observed.submitted(creation.run().snapshot().id(), creation.created());
        if (creation.created()) {
            dispatcher.submit(new QueuedRun(id, workspace, complete.priority(), complete.startDelay()));
        }
        return handle(creation.run().snapshot().id(), actor);
    }

    @Override
    public Optional<Run> find(RunId id) {
        return find(id, node());
    }

    Optional<Run> find(RunId id, Actor actor) {
        return readings.store().find(id).map(stored -> handle(id, actor));
    }

    @Override
    public Optional<Run> findByTaskId(String taskId) {
        return findByTaskId(taskId, node());
    }

    Optional<Run> findByTaskId(String taskId, Actor actor) {
        return readings.store()
                .findByTask(taskId)
                .map(stored -> handle(stored.snapshot().id(), actor));
    }

    @Override
    public Page<RunSnapshot> list(RunQuery query) {
        return readings.store().list(query);
    }

    @Override
    public List<CostSum> costs(CostQuery query) {
        return readings.store().costs(query);
    }

    @Override
    public Run resume(RunId id) {
        return resume(id, node());
    }

    Run resume(RunId id, Actor actor) {
        ensureOpen();
        StoredRun stored = services.store()
                .find(id)
                .orElseThrow(() -> new RunNotFoundException("there is no run " + id + "; list shows those there are"));
        Run run = handle(id, actor);
        if (!stored.snapshot().status().isFinal()) {
            run.resume();
        }
        return run;
    }

    @Override
    public int requeue() {
        ensureOpen();
        return new UnfinishedRuns(services.store(), services.redactor()).each(this::queue);
    }

    @Override
    public List<AgentStatus> agents() {
        return readings.agents().get();
    }

    @Override
    public Limits defaultLimits() {
        return defaultLimits;
    }

    @Override
    public ContainmentReport containment() {
        return services.processes().containment();
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public Redaction redaction() {
        return services.redactor();
    }

    @Override
    public Optional<ArtifactStore> artifacts() {
        return services.outputs().store();
    }

    @Override
    public Optional<AuditLog> audit() {
        return services.store().audit();
    }

    @Override
    public void measure(MeterRegistry registry) {
        ensureOpen();
        meters.bindTo(registry);
    }

    @Override
    public Privacy privacy() {
        return privacy(node());
    }

    Privacy privacy(Actor actor) {
        return new StoredPrivacy(services, actor, clock);
    }

    @Override
    public Map<String, CacheFigures> cacheFigures() {
        return readings.figures().get();
    }

    @Override
    public Orchestrator as(Actor actor) {
        return new ActingOrchestrator(this, actor);
    }

    @Override
    public void defineBudget(BudgetLimit limit) {
        defineBudget(limit, node());
    }

    void defineBudget(BudgetLimit limit, Actor actor) {
        services.store().defineBudget(limit, List.of(services.audit().budgetDefined(actor, limit)));
    }

    @Override
    public Optional<BudgetStatus> budget(String name) {
        return services.store().budget(name);
    }

    @Override
    public void close() {
        close(drainTimeout);
    }

    @Override
    public boolean close(Duration timeout) {
        if (!closed.compareAndSet(false, true)) {
            return true;
        }
        worker.close();
        boolean inTime = false;
        try {
            inTime = dispatcher.drain(timeout.compareTo(LONGEST_DRAIN) < 0 ? timeout : LONGEST_DRAIN);
            if (!inTime) {
                worker.cutOff();
                if (!dispatcher.drain(CUT_OFF_TIME)) {
                    LOG.error("{} runs did not come to an end; their adapters ignore interrupts", worker.active());
                }
            }
        } catch (InterruptedException e) {
            worker.cutOff();
            drainAfterInterrupt();
            Thread.currentThread().interrupt();
        } finally {
            gone = true;
            owned.closeAll();
        }
        return inTime;
    }

    /** Whoever closes is in a hurry, but a stint that loses its store in the middle of a step hands nothing back. */
    private void drainAfterInterrupt() {
        try {
            if (!dispatcher.drain(CUT_OFF_TIME)) {
                LOG.error("{} runs did not come to an end; their adapters ignore interrupts", worker.active());
            }
        } catch (InterruptedException again) {
            LOG.warn("Interrupted again while closing; {} runs are left to their leases", worker.active());
        }
    }

    /** A run that was stored but not queued, or handed back, goes on when it is submitted again. */
    private void goOn(StoredRun run) {
        if (!run.snapshot().status().isFinal()) {
            queue(run);
        }
    }

    private void queue(StoredRun run) {
        RunId id = run.snapshot().id();
        RunSpec spec = services.codec().spec(run.spec());
        String workspace = services.workspaces().sources().key(id, spec.workspace());
        dispatcher.submit(new QueuedRun(id, workspace, spec.priority(), Duration.ZERO));
    }

    private Run handle(RunId id, Actor actor) {
        return new StoredRunHandle(id, actor, services, readings, worker, dispatcher, () -> gone);
    }

    private Actor node() {
        return services.audit().node();
    }

    private void ensureOpen() {
        if (closed.get()) {
            throw new OrchestratorClosedException("this orchestrator is closed; build another one");
        }
    }
}
