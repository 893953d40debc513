/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Run;
import dev.ralph.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Worker processes and a service that submits runs to them, with PostgreSQL and Redis, watched by a real Prometheus. */
abstract class WatchedWorkers extends WorkerProcesses {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    static final String WARNING = "warning";
    static final String CRITICAL = "critical";

    /** Done at once. */
    static final String DONE = "echo \"$1\" >work; echo LOOP_COMPLETE";

    /** Says a word now and then, until a file lets it end. */
    static final String WORKING = "while [ ! -e ../go ]; do echo working; sleep 0.2; done; echo LOOP_COMPLETE";

    /** Says nothing, until a file lets it end. */
    static final String SILENT = "while [ ! -e ../go ]; do sleep 0.2; done; echo LOOP_COMPLETE";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @SuppressWarnings("NullAway.Init")
    private ScheduledExecutorService callers;

    @SuppressWarnings("NullAway.Init")
    ShortenedBundle bundle;

    @SuppressWarnings("NullAway.Init")
    String database;

    @SuppressWarnings("NullAway.Init")
    RedisServer redis;

    @SuppressWarnings("NullAway.Init")
    SubmittingHost host;

    @BeforeEach
    void watch() throws Exception {
        callers = Executors.newScheduledThreadPool(3);
        bundle = ShortenedBundle.in(folder.resolve("monitoring"));
        redis = closing(RedisServer.in(folder));
        FakeGemini.install(folder, ralph);
        ralph.with("RALPH_CACHE", "redis").with("REDIS_URL", redis.url()).jvmArgument("-Xmx64m");
        use(server);
    }

    /** Whose database is used by what starts from now on. */
    void use(Postgres databases) throws Exception {
        database = databases.migrated(folder);
        ralph.with("DATABASE_URL", database);
        host = closing(new SubmittingHost(database, redis, folder));
    }

    @AfterEach
    void closeAll() throws Exception {
        callers.shutdownNow();
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    /** What is closed after the test, the last one first. */
    <T extends AutoCloseable> T closing(T part) {
        open.push(part);
        return part;
    }

    RalphProcess watchedWorker(String... options) throws Exception {
        String[] all = new String[options.length + 2];
        all[0] = "--metrics-port";
        all[1] = "0";
        System.arraycopy(options, 0, all, 2, options.length);
        return closing(worker(all));
    }

    /** A worker whose health somebody asks for. */
    Endpoint node(String... options) throws Exception {
        return asked(Endpoint.of(watchedWorker(options)));
    }

    /** Asks for its health each second, as balancers do, whether it answers or not. */
    Endpoint asked(Endpoint node) {
        Future<?> unused = callers.scheduleWithFixedDelay(
                () -> {
                    try {
                        node.get("/health");
                    } catch (IOException | InterruptedException e) {
                        // It need not answer: some tests are about that.
                    }
                },
                0,
                1,
                TimeUnit.SECONDS);
        return node;
    }

    /** Starts a Prometheus that watches these nodes, and waits until it knows how they are: no alert is firing. */
    Prometheus prometheus(Endpoint... nodes) throws Exception {
        completeOne();
        bundle.watch(nodes);
        Prometheus prometheus = closing(Prometheus.start(bundle));
        Awaitility.await("all nodes are up, and what they measure is recorded")
                .atMost(PATIENCE)
                .until(() -> prometheus.figures("sum(up)").equals(List.of((double) nodes.length))
                        && !prometheus.figures("job:ralph_store_calls:p95_5m").isEmpty());
        assertThat(prometheus.firing()).isEmpty();
        return prometheus;
    }

    /** Waits until a node works on a run. */
    static void awaitWorking(Prometheus prometheus) {
        Awaitility.await("a run is at work")
                .atMost(PATIENCE)
                .until(() -> prometheus.figures("sum(ralph_runs_active)").equals(List.of(1.0)));
    }

    void completeOne() throws Exception {
        assertCompleted(host.submit(DONE));
    }

    static void assertCompleted(Run run) throws InterruptedException {
        assertThat(run.await(PATIENCE))
                .hasValueSatisfying(result -> assertThat(result.reason()).isEqualTo(StopReason.COMPLETED));
    }

    /** Lets the agents end that wait for it. */
    void release() throws IOException {
        Files.createFile(go());
    }

    private Path go() {
        return folder.resolve("go");
    }
}
