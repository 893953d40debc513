/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.health.HealthProbe;
import dev.ralph.spi.DispatchContext;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.QueuedRun;
import dev.ralph.store.jdbc.DbSchedulerDispatcher;
import dev.ralph.store.jdbc.JdbcStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The queue that workers share, as a worker joins it; tells what it was joined with. The store is closed with the
 * orchestrator and before this is, so that the queue lets go of the database as soon as all its runs are handed back.
 * Thread-safe.
 */
final class ClusterDispatcher implements Dispatcher {

    private final Dispatcher queue = DbSchedulerDispatcher.working();
    private volatile @Nullable DispatchContext context;

    @Override
    public void start(DispatchContext given) {
        queue.start(given);
        context = given;
    }

    @Override
    public void submit(QueuedRun run) {
        queue.submit(run);
    }

    @Override
    public void wake(QueuedRun run) {
        queue.wake(run);
    }

    @Override
    public int queued() {
        return queue.queued();
    }

    @Override
    public boolean distributes() {
        return queue.distributes();
    }

    @Override
    public List<HealthProbe> healthProbes() {
        return queue.healthProbes();
    }

    @Override
    public boolean works() {
        return queue.works();
    }

    @Override
    public boolean drain(Duration timeout) throws InterruptedException {
        boolean drained = queue.drain(timeout);
        if (drained) {
            queue.close();
        }
        return drained;
    }

    @Override
    public void close() {
        queue.close();
    }

    /** The node as others see it. */
    String node() {
        return started().node();
    }

    /** How many runs it works on at once. */
    int parallelRuns() {
        return started().maxParallelRuns();
    }

    /** The database the queue is in. */
    JdbcStore database() {
        return started().store().unwrap(JdbcStore.class).orElseThrow();
    }

    private DispatchContext started() {
        return Objects.requireNonNull(context, "this dispatcher was not started");
    }
}
