/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.OrchestratorBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Works on whatever is queued in a database that several processes share, until it is asked to stop. */
public final class WorkerSession {

    private final @Nullable Integer parallelRuns;
    private final Duration drainTimeout;

    /**
     * Prepares.
     *
     * @param parallelRuns runs at work at once, 1 or more; null for what is configured
     * @param drainTimeout what iterations in flight get after a signal
     */
    public WorkerSession(@Nullable Integer parallelRuns, Duration drainTimeout) {
        this.parallelRuns = parallelRuns;
        this.drainTimeout = drainTimeout;
    }

    /**
     * Joins, and blocks until Ctrl-C or SIGTERM and the end of the iterations in flight.
     *
     * @return whether all of them came to their end; false if some were cut off at the deadline. Either way their runs were
     *     handed back
     * @throws dev.ralph.RalphException if it cannot join
     */
    public boolean work(WorkerView view) throws InterruptedException {
        try (ClusterDispatcher queue = new ClusterDispatcher();
                Host host = Host.working(queue, builder -> configure(builder, view))) {
            Drain drain = new Drain(Drain.Role.WORKER, host.owned(), drainTimeout, view::notice);
            StopSignals signals = StopSignals.listen(drain);
            Maintenance maintenance = Maintenance.daily(queue.database()::maintain, host::maintain);
            try {
                view.begin(queue.node(), queue.database().toString(), queue.parallelRuns());
                boolean ended = drain.await();
                view.end(ended);
                return ended;
            } finally {
                maintenance.close();
                signals.close();
            }
        }
    }

    private void configure(OrchestratorBuilder builder, WorkerView view) {
        builder.listener(view);
        if (parallelRuns != null) {
            builder.maxParallelRuns(parallelRuns);
        }
    }
}
