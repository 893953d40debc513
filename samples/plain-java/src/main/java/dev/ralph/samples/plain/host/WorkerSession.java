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
    private final @Nullable Integer metricsPort;

    /**
     * Prepares.
     *
     * @param parallelRuns runs at work at once, 1 or more; null for what is configured
     * @param drainTimeout what iterations in flight get after a signal
     * @param metricsPort where health and metrics are served, 0 for any port that is free; null for what is configured
     */
    public WorkerSession(@Nullable Integer parallelRuns, Duration drainTimeout, @Nullable Integer metricsPort) {
        this.parallelRuns = parallelRuns;
        this.drainTimeout = drainTimeout;
        this.metricsPort = metricsPort;
    }

    /**
     * Joins, and blocks until Ctrl-C or SIGTERM and the end of the iterations in flight.
     *
     * @return whether all of them came to their end; false if some were cut off at the deadline. Either way their runs were
     *     handed back
     * @throws dev.ralph.RalphException if it cannot join
     */
    public boolean work(WorkerView view) throws InterruptedException {
        try (WorkerEndpoint endpoint = WorkerEndpoint.open(metricsPort);
                ClusterDispatcher queue = new ClusterDispatcher();
                Host host = Host.working(queue, builder -> configure(builder, view, endpoint))) {
            endpoint.joined(host.owned().health());
            Drain drain = new Drain(Drain.Role.WORKER, host.owned(), drainTimeout, view::notice);
            StopSignals signals = StopSignals.listen(drain);
            Maintenance maintenance = Maintenance.daily(queue.database()::maintain, host::maintain);
            try {
                endpoint.address().ifPresent(url -> view.notice("Health and metrics are at " + url + "."));
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

    private void configure(OrchestratorBuilder builder, WorkerView view, WorkerEndpoint endpoint) {
        builder.listener(view);
        endpoint.configure(builder);
        if (parallelRuns != null) {
            builder.maxParallelRuns(parallelRuns);
        }
    }
}
