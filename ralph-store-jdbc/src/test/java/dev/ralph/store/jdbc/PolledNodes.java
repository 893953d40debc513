/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSpecBuilder;
import dev.ralph.RunStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/**
 * Three nodes that have runs at work, and dashboards: each asks one node once a second for a listing and for one run. Counts the
 * statements of all nodes but those for leases and signals, which no dashboard causes.
 */
final class PolledNodes implements AutoCloseable {

    static final int NODES = 3;
    static final int POLLERS = 200;
    private static final int RUNS = 20;
    private static final int CONNECTIONS = 10;
    private static final int THREADS = 64;
    private static final int SHORTEST_MILLIS = 5_000;
    private static final int LONGEST_MILLIS = 15_000;
    private static final long SECOND_MILLIS = 1_000;

    /** What dashboards list. */
    private static final List<RunQuery> QUERIES = List.of(
            RunQuery.NEWEST,
            RunQuery.NEWEST.withStatuses(RunStatus.RUNNING),
            RunQuery.NEWEST.withStatuses(RunStatus.QUEUED, RunStatus.WAITING, RunStatus.PAUSED),
            RunQuery.NEWEST.withStatuses(RunStatus.COMPLETED, RunStatus.STOPPED, RunStatus.FAILED),
            RunQuery.NEWEST.withAgent(CodedAgent.ID));

    private final Deque<Runnable> closing = new ArrayDeque<>();
    private final StatementCounter statements = new StatementCounter();
    private final LongAdder polls = new LongAdder();
    private final List<Orchestrator> nodes = new ArrayList<>();
    private final List<RunId> runs = new ArrayList<>();

    private PolledNodes() {}

    /**
     * Starts the nodes, and waits until all runs are at work.
     *
     * @param settings of each node, by name
     * @param tasks makes a task with a workspace of its own
     */
    static PolledNodes start(
            PostgresDatabase database, Map<String, String> settings, IntFunction<RunSpecBuilder> tasks) {
        PolledNodes started = new PolledNodes();
        for (int node = 0; node < NODES; node++) {
            started.add(database, settings, "node-" + node);
        }
        for (int run = 0; run < RUNS; run++) {
            started.runs.add(started.node(run).submit(tasks.apply(run).build()).id());
        }
        for (int run = 0; run < RUNS; run++) {
            Run handle = started.handle(run, run);
            Cluster.untilTrue("it is at work", () -> handle.snapshot().status() == RunStatus.RUNNING);
        }
        return started;
    }

    private void add(PostgresDatabase database, Map<String, String> settings, String name) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setMaximumPoolSize(CONNECTIONS);
        HikariDataSource pool = new HikariDataSource(config);
        closing.push(pool::close);
        JdbcStore store = JdbcStore.builder()
                .dataSource(new ObservedDataSource(pool, statements))
                .leaseDataSource(database.pool())
                .signalDataSource(database.pool())
                .migrations(MigrationMode.NONE)
                .build();
        closing.push(store::close);
        DbSchedulerDispatcher dispatcher = DbSchedulerDispatcher.working();
        closing.push(dispatcher::close);
        OrchestratorBuilder builder = Orchestrator.builder()
                .store(store)
                .dispatcher(dispatcher)
                .maxParallelRuns(RUNS)
                .node(name)
                .agent(new CodedAgent(invocation -> {
                    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
                    return CodedAgent.says("more");
                }));
        settings.forEach(builder::property);
        Orchestrator node = builder.build();
        closing.push(() -> node.close(Duration.ZERO));
        nodes.add(node);
    }

    Orchestrator node(int number) {
        return nodes.get(number % NODES);
    }

    RunId run(int number) {
        return runs.get(number % RUNS);
    }

    /** A run as a node shows it. */
    Run handle(int node, int run) {
        return node(node).find(run(run)).orElseThrow();
    }

    /** From now on, spread over each second. */
    @SuppressWarnings(
            "FutureReturnValueIgnored") // They end with their threads; polls that fail are missed in the count.
    void poll() {
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
        closing.push(threads::shutdownNow);
        for (int poller = 0; poller < POLLERS; poller++) {
            Orchestrator node = node(poller);
            RunQuery query = QUERIES.get(poller % QUERIES.size());
            Run watched = handle(poller, poller);
            threads.scheduleAtFixedRate(
                    () -> {
                        node.list(query);
                        watched.snapshot();
                        polls.increment();
                    },
                    poller * SECOND_MILLIS / POLLERS,
                    SECOND_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    /**
     * What happened in a second, on average.
     *
     * @param statements executed on the database
     * @param polls by dashboards
     */
    record Rate(double statements, double polls) {}

    Rate measure(int seconds) throws InterruptedException {
        statements.take();
        long before = polls.sum();
        long begin = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        long executed =
                statements.take().stream().filter(sql -> !"COMMIT".equals(sql)).count();
        double passed = (System.nanoTime() - begin) / 1e9;
        return new Rate(executed / passed, (polls.sum() - before) / passed);
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }
}
