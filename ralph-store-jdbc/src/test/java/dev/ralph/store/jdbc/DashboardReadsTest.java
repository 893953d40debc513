/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** What 200 dashboards cost the database without a cache and with one, and how old what they show is. Prints a table. */
@Isolated
@Tag("scale")
@Timeout(600)
@SuppressWarnings("SystemOut")
class DashboardReadsTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private static final int SECONDS = 15;
    private static final int SETTLING = 3;
    private static final int CHANGES = 5;
    private static final int LEAST_FACTOR = 5;
    private static final long LOOK_NANOS = 2_000_000;

    /** ADR 23: a run changed by another node, if the news is lost; a listing. */
    private static final Duration RUN_BOUND = Duration.ofSeconds(5);

    private static final Duration LIST_BOUND = Duration.ofSeconds(2);

    /** What reading takes on a machine with other work. */
    private static final Duration READING = Duration.ofMillis(500);

    @RegisterExtension
    final Cluster cluster = new Cluster(DATABASE);

    private final ExecutorService watchers = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        watchers.shutdownNow();
    }

    private record Figures(PolledNodes.Rate unpolled, PolledNodes.Rate polled, Duration run, Duration list) {

        /** What the dashboards alone cause. */
        double reads() {
            return polled.statements() - unpolled.statements();
        }

        String row(String name) {
            return "| %s | %.0f | %.0f | %.2f | %d ms | %d ms |"
                    .formatted(
                            name,
                            unpolled.statements(),
                            polled.statements(),
                            reads() / polled.polls(),
                            run.toMillis(),
                            list.toMillis());
        }
    }

    @Test
    void aCacheSavesMostReadsOfDashboardsAndShowsChangesWithinItsBounds() throws Exception {
        Figures none = measure("none", Map.of("RALPH_CACHE", "none"));
        Figures memory = measure("memory", Map.of("RALPH_CACHE", "memory"));
        Figures redis;
        try (LoopbackRedis server = LoopbackRedis.start()) {
            redis = measure("redis", Map.of("RALPH_CACHE", "redis", "REDIS_URL", server.url()));
        }

        System.out.println("| cache | statements a second without dashboards | with 200 | of these for each poll"
                + " | a run's end shown after | in listings after |");
        System.out.println("|---|---|---|---|---|---|");
        System.out.println(none.row("none"));
        System.out.println(memory.row("memory"));
        System.out.println(redis.row("Redis"));
        assertThat(none.reads())
                .as("a listing and a run for each poll")
                .isGreaterThan(1.5 * none.polled().polls());
        for (Figures cached : List.of(memory, redis)) {
            assertThat(cached.polled().polls()).isGreaterThan(none.polled().polls() * 0.8);
            assertThat(cached.reads()).isLessThan(none.reads() / LEAST_FACTOR);
            assertThat(cached.run()).isLessThan(RUN_BOUND.plus(READING));
            assertThat(cached.list()).isLessThan(LIST_BOUND.plus(READING));
        }
    }

    private Figures measure(String name, Map<String, String> settings) throws Exception {
        cluster.forgetRuns();
        try (PolledNodes nodes = PolledNodes.start(
                DATABASE,
                settings,
                run -> cluster.task(name + run)
                        .limits(Limits.builder().maxIterations(1_000).build()))) {
            TimeUnit.SECONDS.sleep(SETTLING);
            PolledNodes.Rate unpolled = nodes.measure(SECONDS);
            nodes.poll();
            TimeUnit.SECONDS.sleep(SETTLING);
            PolledNodes.Rate polled = nodes.measure(SECONDS);
            Duration run = Duration.ZERO;
            Duration list = Duration.ZERO;
            for (int change = 0; change < CHANGES; change++) {
                Shown shown = end(nodes, change);
                run = longer(run, shown.run());
                list = longer(list, shown.list());
            }
            return new Figures(unpolled, polled, run, list);
        }
    }

    /** How long after it was committed the last node showed it. */
    private record Shown(Duration run, Duration list) {}

    /** Cancels a run on one node, and looks at it in the database and on all nodes until it has ended. */
    private Shown end(PolledNodes nodes, int number) {
        RunId id = nodes.run(number);
        JdbcStore store = DATABASE.open();
        try {
            CompletableFuture<Long> committed =
                    watch(() -> store.find(id).orElseThrow().snapshot().status().isFinal());
            List<CompletableFuture<Long>> runs = new ArrayList<>();
            List<CompletableFuture<Long>> lists = new ArrayList<>();
            for (int node = 0; node < PolledNodes.NODES; node++) {
                Run handle = nodes.handle(node, number);
                Orchestrator asked = nodes.node(node);
                runs.add(watch(() -> handle.snapshot().status().isFinal()));
                lists.add(watch(
                        () -> asked.list(RunQuery.NEWEST).items().stream().anyMatch(shown -> hasEnded(shown, id))));
            }
            nodes.handle(number, number).cancel();
            long from = committed.join();
            return new Shown(last(from, runs), last(from, lists));
        } finally {
            store.close();
        }
    }

    private static boolean hasEnded(RunSnapshot shown, RunId id) {
        return shown.id().equals(id) && shown.status().isFinal();
    }

    /** When it was first so. */
    private CompletableFuture<Long> watch(BooleanSupplier changed) {
        return CompletableFuture.supplyAsync(
                () -> {
                    while (!changed.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
                        LockSupport.parkNanos(LOOK_NANOS);
                    }
                    return System.nanoTime();
                },
                watchers);
    }

    private static Duration last(long from, List<CompletableFuture<Long>> shown) {
        long nanos = shown.stream().mapToLong(when -> when.join() - from).max().orElseThrow();
        return Duration.ofNanos(Math.max(0, nanos));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
