/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes that share a real PostgreSQL. */
abstract class WorkerProcesses {

    /** A loaded machine takes its time; nothing here waits for as long when all is well. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @SuppressWarnings("NullAway.Init")
    static Postgres server;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    RalphProcess.Setup ralph;

    @SuppressWarnings("NullAway.Init")
    WaitingAgent agent;

    @BeforeAll
    static void start() throws Exception {
        server = new Postgres();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void create() throws Exception {
        ralph = new RalphProcess.Setup(folder, folder.resolve("home")).with("DATABASE_URL", server.migrated(folder));
        agent = new WaitingAgent(folder, Repository.create(folder));
    }

    RalphProcess worker(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("worker"));
        arguments.addAll(List.of(options));
        return ralph.start(arguments.toArray(String[]::new)).awaitOutput("takes runs from");
    }

    static int stop(RalphProcess worker) throws Exception {
        worker.signal("TERM");
        return worker.await().code();
    }

    String submit() throws Exception {
        return id(ralph.here(agent.submit("--quiet")));
    }

    /** Queues a run on a folder of its own, whose agent is a script there. */
    String submitScript(String workspace, String script, String... options) throws Exception {
        Path place = Files.createDirectory(folder.resolve(workspace));
        List<String> arguments =
                new ArrayList<>(List.of("submit", "--quiet", "--prompt", "Work", "--workspace", place.toString()));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--", "sh", "-c", script, "sh", "{iteration}"));
        return id(ralph.here(arguments.toArray(String[]::new)));
    }

    static String id(RalphProcess.Ended end) {
        assertThat(end.code()).as(end.all()).isZero();
        return end.out().strip();
    }

    void awaitStatus(String id, String status) {
        Awaitility.await(id + " is " + status)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> json(ralph.here("show", id, "--json").out())
                        .get("status")
                        .asText()
                        .equals(status));
    }

    List<Integer> iterations(String id) throws Exception {
        List<Integer> numbers = new ArrayList<>();
        json(ralph.here("show", id, "--json").out())
                .get("iterations")
                .forEach(iteration -> numbers.add(iteration.get("iteration").asInt()));
        return numbers;
    }

    static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
