/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static dev.ralph.store.jdbc.Cluster.untilTrue;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.ralph.Orchestrator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** What a thousand runs at work cost one node and the database. Alone: it measures. */
@Isolated
@Tag("scale")
@Timeout(600)
@SuppressWarnings("SystemOut")
class CapacityFiguresTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private static final int RUNS = 1_000;
    private static final int CONNECTIONS = 20;

    /** An iteration takes a minute, give or take half of it. */
    private static final int SHORTEST_MILLIS = 30_000;

    private static final int LONGEST_MILLIS = 90_000;
    private static final int MINUTE_MILLIS = 60_000;
    private static final int SAMPLE_MILLIS = 5;

    @RegisterExtension
    final Cluster cluster = new Cluster(DATABASE);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aThousandRunsAtWorkOnOneNode() throws Exception {
        StatementCounter work = new StatementCounter();
        StatementCounter leases = new StatementCounter();
        StatementCounter signals = new StatementCounter();
        HikariDataSource pool = cluster.closing(pool());
        JdbcStore store = cluster.closing(JdbcStore.builder()
                .dataSource(new ObservedDataSource(pool, work))
                .leaseDataSource(new ObservedDataSource(DATABASE.pool(), leases))
                .signalDataSource(new ObservedDataSource(DATABASE.pool(), signals))
                .migrations(MigrationMode.NONE)
                .build());
        AtomicInteger atWork = new AtomicInteger();
        Orchestrator node = cluster.start(Orchestrator.builder()
                .store(store)
                .dispatcher(cluster.closing(DbSchedulerDispatcher.working()))
                .executor(threads)
                .maxParallelRuns(RUNS)
                .agent(new CodedAgent(invocation -> {
                    atWork.incrementAndGet();
                    try {
                        TimeUnit.MILLISECONDS.sleep(
                                ThreadLocalRandom.current().nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
                    } finally {
                        atWork.decrementAndGet();
                    }
                    return CodedAgent.says("more");
                })));
        for (int i = 0; i < RUNS; i++) {
            node.submit(cluster.task("w" + i).build());
        }
        untilTrue("all are at work", () -> atWork.get() >= RUNS - RUNS / 100);
        List.of(work, leases, signals).forEach(StatementCounter::take);
        int busiest = 0;
        long samples = 0;
        long busy = 0;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MINUTE_MILLIS);
        while (System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(SAMPLE_MILLIS);
            int now = pool.getHikariPoolMXBean().getActiveConnections();
            busiest = Math.max(busiest, now);
            busy += now;
            samples++;
        }
        List<String> ofWork = work.take();
        List<String> ofLeases = leases.take();
        List<String> ofSignals = signals.take();
        List<String> iterations =
                ofWork.stream().filter("INSERT INTO ralph.iterations"::equals).toList();
        int all = ofWork.size() + ofLeases.size() + ofSignals.size();

        System.out.printf(
                "%,d runs at work on one node, %,d iterations in a minute: %,d statements (work %,d, leases %,d, heartbeats and"
                        + " signals %,d); connections of the pool busy: %d at most, %.2f on average%n",
                RUNS,
                iterations.size(),
                all,
                ofWork.size(),
                ofLeases.size(),
                ofSignals.size(),
                busiest,
                (double) busy / samples);
        System.out.println("work: " + counts(ofWork));
        System.out.println("leases: " + counts(ofLeases));
        System.out.println("heartbeats and signals: " + counts(ofSignals));
        assertThat(iterations).as("iterations in a minute").hasSizeGreaterThan(RUNS / 2);
        // 24 heartbeats of each run, 11 statements of each iteration and as many of reads and signals.
        assertThat(all).isLessThan(RUNS * 30 + iterations.size() * 22);
        assertThat(busiest).isLessThan(CONNECTIONS);
    }

    private static Map<String, Long> counts(List<String> statements) {
        return statements.stream()
                .map(sql -> sql.length() < 45 ? sql : sql.substring(0, 45))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(DATABASE.url());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }
}
