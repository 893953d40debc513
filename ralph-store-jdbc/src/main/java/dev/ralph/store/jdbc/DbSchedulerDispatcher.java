/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.health.HealthProbe;
import dev.ralph.spi.DispatchContext;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.QueuedRun;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Shares the work among all nodes on one PostgreSQL: any node takes up any run, the highest priority first, so many at a
 * time each; a node that dies loses its runs to the others within the time of a lease and a few seconds more. Needs the
 * {@link JdbcStore}, on PostgreSQL. All nodes on one database use this dispatcher, or none. The engine is db-scheduler; ADR 0016
 * says who decides what.
 *
 * <p>Thread-safe. One instance serves one orchestrator.
 */
public final class DbSchedulerDispatcher implements Dispatcher {

    /** How often a node looks for runs that are due without being told; being told is quicker. */
    public static final Duration DEFAULT_POLL = Duration.ofSeconds(1);

    private static final Duration SHORTEST_POLL = Duration.ofMillis(10);

    private final Duration poll;
    private final boolean works;
    private volatile @Nullable JdbcStore store;
    private volatile @Nullable NodeScheduler scheduler;

    private DbSchedulerDispatcher(Duration poll, boolean works) {
        this.poll = poll;
        this.works = works;
    }

    /** For a node that works runs. */
    public static DbSchedulerDispatcher working() {
        return working(DEFAULT_POLL);
    }

    /**
     * For a node that works runs.
     *
     * @param poll how often it looks for runs that are due without being told, 10 ms or more
     * @throws InvalidValueException if it is shorter
     */
    public static DbSchedulerDispatcher working(Duration poll) {
        if (poll.compareTo(SHORTEST_POLL) < 0) {
            throw new InvalidValueException("poll", poll, "must be " + SHORTEST_POLL + " or longer");
        }
        return new DbSchedulerDispatcher(poll, true);
    }

    /** For a node that submits, commands and follows runs, and works none. */
    public static DbSchedulerDispatcher submitting() {
        return new DbSchedulerDispatcher(DEFAULT_POLL, false);
    }

    @Override
    public void start(DispatchContext context) {
        JdbcStore runs = context.store()
                .unwrap(JdbcStore.class)
                .orElseThrow(() -> new ConfigurationException("the db-scheduler dispatcher keeps its queue in the JDBC"
                        + " store, but this orchestrator has another one; use JdbcStore (RALPH_STORE=jdbc),"
                        + " or the local dispatcher (RALPH_DISPATCHER=local)"));
        JdbcParts parts = runs.parts();
        if (parts.dialect() != Dialect.POSTGRESQL) {
            throw new ConfigurationException(
                    "the db-scheduler dispatcher needs PostgreSQL, but the store is in H2, which"
                            + " serves one process; set DATABASE_URL to a PostgreSQL, or use the local dispatcher"
                            + " (RALPH_DISPATCHER=local)");
        }
        store = runs;
        parts.queue().open();
        if (works) {
            NodeScheduler node =
                    new NodeScheduler(parts, context, new Stints(parts.queue(), context, runs::queued), poll);
            scheduler = node;
            parts.queueBell().onRing(node::look);
            node.start();
        }
    }

    /** {@inheritDoc} Does nothing: the store made the entry when it made the run. */
    @Override
    public void submit(QueuedRun run) {}

    @Override
    public void wake(QueuedRun run) {
        JdbcStore runs = started();
        runs.parts().queue().wake(run.run());
        runs.queued();
    }

    @Override
    public int queued() {
        return started().parts().queue().due();
    }

    @Override
    public boolean distributes() {
        return true;
    }

    @Override
    public boolean works() {
        return works;
    }

    /** {@inheritDoc} Whether this node looks into the queue and sends heartbeats, if it works runs. */
    @Override
    public List<HealthProbe> healthProbes() {
        return works ? List.of(new DispatcherProbe(this::standing, poll)) : List.of();
    }

    private DispatcherProbe.@Nullable Standing standing() {
        NodeScheduler node = scheduler;
        return node == null ? null : node.standing();
    }

    @Override
    public boolean drain(Duration timeout) throws InterruptedException {
        NodeScheduler node = scheduler;
        return node == null || node.stop(timeout);
    }

    @Override
    public void close() {
        NodeScheduler node = scheduler;
        if (node != null) {
            node.close();
        }
    }

    private JdbcStore started() {
        return Objects.requireNonNull(store, "this dispatcher was not started");
    }
}
