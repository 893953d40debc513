/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.Actor;
import dev.ralph.AttemptRecord;
import dev.ralph.CheckpointRecord;
import dev.ralph.GateRecord;
import dev.ralph.InvalidValueException;
import dev.ralph.IterationRecord;
import dev.ralph.OrchestratorClosedException;
import dev.ralph.RollbackReport;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunNotFoundException;
import dev.ralph.RunOutput;
import dev.ralph.RunResult;
import dev.ralph.RunSnapshot;
import dev.ralph.RunSpec;
import dev.ralph.RunStateException;
import dev.ralph.StoreException;
import dev.ralph.audit.AuditActions;
import dev.ralph.audit.AuditEntry;
import dev.ralph.event.RunListener;
import dev.ralph.event.StateEvent;
import dev.ralph.internal.worker.EventFeed;
import dev.ralph.internal.worker.RunWorker;
import dev.ralph.internal.worker.StorableText;
import dev.ralph.internal.worker.WorkerServices;
import dev.ralph.log.LogText;
import dev.ralph.spi.Command;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.QueuedRun;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run by its id; everything it tells is read from the store, or from what people read of it. */
final class StoredRunHandle implements Run {

    private static final Logger LOG = LoggerFactory.getLogger(StoredRunHandle.class);
    private static final int MAX_GUIDANCE = 100_000;
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final RunId id;
    private final Actor actor;
    private final AuditedActs acts;
    private final WorkerServices services;
    private final Readings readings;
    private final RunWorker worker;
    private final Dispatcher dispatcher;
    private final BooleanSupplier gone;

    /**
     * Makes a handle.
     *
     * @param actor who does what is done by it
     * @param readings what is told to people; what decides is read from the store of the services
     * @param gone whether the orchestrator has closed and works on nothing any more
     */
    StoredRunHandle(
            RunId id,
            Actor actor,
            WorkerServices services,
            Readings readings,
            RunWorker worker,
            Dispatcher dispatcher,
            BooleanSupplier gone) {
        this.id = id;
        this.actor = actor;
        this.acts = AuditedActs.toRun(services, actor, id);
        this.services = services;
        this.readings = readings;
        this.worker = worker;
        this.dispatcher = dispatcher;
        this.gone = gone;
    }

    @Override
    public RunId id() {
        return id;
    }

    @Override
    public RunSnapshot snapshot() {
        return in(readings.store()).snapshot();
    }

    @Override
    public RunSpec spec() {
        return services.codec().spec(in(readings.store()).spec());
    }

    @Override
    public void guide(String text) {
        if (text.isBlank()) {
            throw new InvalidValueException("guidance", text, "must not be blank");
        }
        if (text.length() > MAX_GUIDANCE) {
            throw new InvalidValueException(
                    "guidance", text.length() + " characters", "must have at most " + MAX_GUIDANCE);
        }
        if (!text.equals(StorableText.of(text))) {
            throw new InvalidValueException(
                    "guidance", StorableText.of(text), "has a NUL character or an unpaired surrogate; remove it");
        }
        command(new Command.Guide(text));
    }

    @Override
    public void pause() {
        command(new Command.Pause());
    }

    @Override
    public void resume() {
        command(new Command.Resume());
    }

    @Override
    public void retry() {
        command(new Command.Retry());
    }

    @Override
    public void cancel() {
        try {
            command(new Command.Cancel());
        } catch (RunStateException e) {
            if (!stored().snapshot().status().isFinal()) {
                throw e;
            }
        }
    }

    @Override
    public RunResult await() throws InterruptedException {
        return await(FOREVER).orElseThrow();
    }

    @Override
    public Optional<RunResult> await(Duration timeout) throws InterruptedException {
        End end = new End();
        boolean ended =
                services.feed().await(id, end, timeout.compareTo(FOREVER) < 0 ? timeout.toNanos() : FOREVER.toNanos());
        return ended ? Optional.of(Objects.requireNonNull(end.result, "result")) : Optional.empty();
    }

    /** Looks whether the run has ended. A store that does not answer for a while is asked again. */
    private final class End implements EventFeed.Look {

        private @Nullable RunResult result;
        private boolean failed;

        @Override
        public boolean failed() {
            return failed;
        }

        @Override
        public boolean sees() {
            failed = false;
            boolean wasGone = gone.getAsBoolean();
            try {
                RunSnapshot now = stored().snapshot();
                if (now.status().isFinal()) {
                    readings.ended().accept(id);
                    result = RunResult.of(now);
                    return true;
                }
                if (wasGone) {
                    throw new OrchestratorClosedException(
                            "the orchestrator closed; run " + id + " is " + now.status() + " and can be resumed");
                }
            } catch (StoreException e) {
                if (wasGone) {
                    throw new OrchestratorClosedException(
                            "the orchestrator closed; how run " + id + " stands cannot be read any more", e);
                }
                failed = true;
                LOG.warn("Run {}: cannot be read now, trying again: {}", id, LogText.line(e.getMessage()));
            }
            return false;
        }
    }

    @Override
    public List<StateEvent> events(long seq, int max) {
        return services.store().events(id, seq, max).stream()
                .map(services.codec()::event)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Subscription follow(long seq, RunListener listener) {
        return services.feed().follow(id, seq, readings.seeing(listener));
    }

    @Override
    public List<IterationRecord> iterations(int iteration, int max) {
        return services.store().iterations(id, iteration, max);
    }

    @Override
    public List<AttemptRecord> attempts(int iteration) {
        return services.store().attempts(id, iteration);
    }

    @Override
    public List<GateRecord> gates() {
        return services.store().gates(id);
    }

    @Override
    public List<CheckpointRecord> checkpoints() {
        return services.store().checkpoints(id);
    }

    @Override
    public Optional<RunOutput> output(int iteration, int attempt) {
        return attempts(iteration).stream()
                .filter(record -> record.attempt() == attempt)
                .findFirst()
                .flatMap(record -> services.outputs().open(id, record.output()));
    }

    @Override
    public Optional<RunOutput> output(GateRecord gate) {
        return services.outputs().open(id, gate.output());
    }

    @Override
    public int deleteOutputs() {
        RunSnapshot now = stored().snapshot();
        if (!now.status().isFinal()) {
            throw new RunStateException(
                    "run " + id + " is " + now.status() + "; its outputs can be deleted once it has ended");
        }
        return acts.told(
                AuditActions.DELETE_OUTPUTS, Map.of(), () -> services.outputs().delete(id), AuditedActs::count);
    }

    @Override
    public RollbackReport rollback(int number) {
        CheckpointedWorkspace workspace = inGit();
        return acts.told(
                AuditActions.ROLLBACK,
                Map.of("checkpoint", Integer.toString(number)),
                () -> workspace.rollback(number),
                report -> Map.of("changed", Integer.toString(report.changedFiles())));
    }

    @Override
    public String diff(int from, int to, int maxChars) {
        return inGit().diff(from, to, maxChars);
    }

    @Override
    public int deleteCheckpoints() {
        CheckpointedWorkspace workspace = inGit();
        return acts.told(AuditActions.DELETE_CHECKPOINTS, Map.of(), workspace::delete, AuditedActs::count);
    }

    private CheckpointedWorkspace inGit() {
        return CheckpointedWorkspace.of(stored(), services);
    }

    private void command(Command command) {
        StoredRun stored = stored();
        AuditEntry told =
                services.audit().commanded(actor, id, stored.snapshot().tenant(), command);
        services.store().append(id, UUID.randomUUID(), command, List.of(told));
        RunSpec spec = services.codec().spec(stored.spec());
        String workspace = services.workspaces().sources().key(id, spec.workspace());
        QueuedRun queued = new QueuedRun(id, workspace, spec.priority(), Duration.ZERO);
        worker.deliverCommands(id, () -> dispatcher.wake(queued));
    }

    private StoredRun stored() {
        return in(services.store());
    }

    private StoredRun in(Store store) {
        return store.find(id)
                .orElseThrow(() -> new RunNotFoundException("there is no run " + id + "; list shows those there are"));
    }
}
