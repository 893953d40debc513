/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.awaitility.Awaitility.await;

import dev.ralph.CheckpointPolicy;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.ProgressPolicy;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunSpec;
import dev.ralph.RunSpecBuilder;
import dev.ralph.event.StateEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Nodes of one test, in this JVM, on one database whose queue is empty when the test begins. */
final class Cluster implements BeforeEachCallback, AfterEachCallback {

    /** Far beyond what anything here takes, even on a host that is busy with other things. */
    static final Duration BOUND = Duration.ofSeconds(40);

    private final PostgresDatabase database;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    Cluster(PostgresDatabase database) {
        this.database = database;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        forgetRuns();
        folder = Files.createTempDirectory("ralph-cluster-").toRealPath();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** As if there had been none. */
    void forgetRuns() throws SQLException {
        database.execute("TRUNCATE ralph.orchestrations, ralph.run_agents, ralph.run_labels, ralph.queue");
    }

    Path folder() {
        return folder;
    }

    /** A store with pools of its own. */
    JdbcStore store() {
        return closing(JdbcStore.builder()
                .url(database.url())
                .pool(1, 8)
                .migrations(MigrationMode.NONE)
                .build());
    }

    OrchestratorBuilder node(String name, CodedAgent.Work work) {
        return Orchestrator.builder()
                .store(store())
                .dispatcher(closing(DbSchedulerDispatcher.working()))
                .agent(new CodedAgent(work))
                .node(name);
    }

    /** Builds it, and stops it at the end of the test. */
    Orchestrator start(OrchestratorBuilder builder) {
        Orchestrator orchestrator = builder.build();
        open.push(() -> orchestrator.close(Duration.ZERO));
        return orchestrator;
    }

    <T extends AutoCloseable> T closing(T part) {
        open.push(part);
        return part;
    }

    /** A task on a workspace of this name, with short delays, and nothing that ends it but its limits. */
    RunSpecBuilder task(String workspace) {
        try {
            Path directory = Files.createDirectories(folder.resolve(workspace));
            return RunSpec.prompt("Do the task")
                    .workspace(directory)
                    .agent(CodedAgent.ID)
                    .retry(RetryPolicy.DEFAULT.withDelays(Duration.ofMillis(20), Duration.ofMillis(50)))
                    .progress(ProgressPolicy.OFF)
                    .checkpoints(CheckpointPolicy.OFF);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <E extends StateEvent> E event(Run run, Class<E> type) {
        return until(
                "an event " + type.getSimpleName(),
                () -> run.events(0, 10_000).stream()
                        .filter(type::isInstance)
                        .map(type::cast)
                        .findFirst()
                        .orElse(null));
    }

    /** Waits until there is something. */
    static <T> T until(String what, Callable<@Nullable T> something) {
        return await(what)
                .atMost(BOUND)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(something, found -> found != null);
    }

    static void untilTrue(String what, Callable<Boolean> holds) {
        await(what)
                .atMost(BOUND)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(holds);
    }
}
