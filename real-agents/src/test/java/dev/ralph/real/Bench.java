/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.RunSpecBuilder;
import dev.ralph.event.StateEvent;
import dev.ralph.real.client.RealClient;
import dev.ralph.real.server.Script;
import dev.ralph.real.server.ScriptedServer;
import dev.ralph.real.server.Turn;
import dev.ralph.spi.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What one test works with: a client, a server that plays its model, a workspace, an orchestrator. */
final class Bench implements AutoCloseable {

    /** The credential of every client. It must be seen by the servers and by nobody else. */
    static final Secret KEY = new Secret("the key of the tests", "sk-canary-4f9d1c72e8b0a635");

    /** A run that takes longer is a failure. Longer than any rule needs. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration LAST_BREATH = Duration.ofSeconds(2);

    private final RealClient client;
    private final Path folder;
    private final ScriptedServer server;
    private final Workspace workspace;
    private final Heard heard = new Heard();
    private final List<Bench> others = new ArrayList<>();
    private @Nullable Orchestrator orchestrator;

    private Bench(RealClient client, Path folder, ScriptedServer server, Workspace workspace) {
        this.client = client;
        this.folder = folder;
        this.server = server;
        this.workspace = workspace;
    }

    /** The bench of another client for the same workspace; the orchestrator of the first knows both. */
    static Bench beside(Bench first, RealClient client) throws IOException {
        Bench bench = new Bench(client, first.folder, client.startServer(), first.workspace);
        first.others.add(bench);
        return bench;
    }

    static Bench open(RealClient client, Path folder) throws IOException, InterruptedException {
        Workspace workspace = Workspace.create(folder.resolve("workspace"));
        return new Bench(client, folder, client.startServer(), workspace);
    }

    RealClient client() {
        return client;
    }

    Path folder() {
        return folder;
    }

    ScriptedServer server() {
        return server;
    }

    Workspace workspace() {
        return workspace;
    }

    Heard heard() {
        return heard;
    }

    /** The turns of an iteration that changes a step of the file to another and ends with these words. */
    List<Turn.Answer> step(int from, int to, String words) {
        List<Turn.Answer> turns = new ArrayList<>(client.edits(workspace.file(), "step " + from, "step " + to));
        turns.add(Turn.says(words));
        return turns;
    }

    /** Plays this once so many attempts are settled; no client is alive then, and the next needs a moment to start. */
    void playAfterAttempts(int number, Script script) {
        heard.at(number, StateEvent.AttemptSettled.class, () -> server.play(script));
    }

    /** A run of the client, with short waits. */
    RunSpecBuilder spec(String prompt) {
        return spec(
                prompt, Limits.builder().maxIterations(10).maxRuntime(PATIENCE).build());
    }

    /** A run of the client, with short waits. */
    RunSpecBuilder spec(String prompt, Limits limits) {
        return RunSpec.prompt(prompt)
                .workspace(workspace.path())
                .limits(limits)
                .retry(RetryPolicy.DEFAULT.withDelays(Duration.ofMillis(200), Duration.ofSeconds(1)));
    }

    Run submit(RunSpecBuilder spec) {
        return orchestrator().submit(spec.build());
    }

    /** Submits and waits for the end. */
    RunResult run(RunSpecBuilder spec) throws InterruptedException {
        return end(submit(spec.agent(client.agent())));
    }

    RunResult end(Run run) throws InterruptedException {
        Optional<RunResult> result = run.await(PATIENCE);
        assertThat(result).as("the run ends; so far: %s", heard.text()).isPresent();
        // Listeners are told on threads of their own.
        Awaitility.await("the last event")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> heard.all(StateEvent.RunEnded.class).stream()
                        .anyMatch(ended -> ended.run().equals(run.id())));
        return result.get();
    }

    Orchestrator orchestrator() {
        if (orchestrator == null) {
            orchestrator = builder().build();
        }
        return orchestrator;
    }

    /** Nothing of the client is left. What contains it may be on its way out. */
    void assertNothingLeft() {
        Awaitility.await("processes left of the test")
                .atMost(LAST_BREATH)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(Processes.of(folder)).isEmpty());
    }

    @Override
    public void close() {
        try {
            if (orchestrator != null) {
                orchestrator.close(Duration.ZERO);
            }
        } finally {
            server.close();
        }
        assertThat(server.unscripted())
                .as("requests after the end of the script")
                .isZero();
        assertThat(server.turns())
                .allSatisfy(request -> assertThat(request.key()).isEqualTo(KEY.reveal()));
        assertNothingLeft();
    }

    private OrchestratorBuilder builder() {
        OrchestratorBuilder builder = Orchestrator.builder().listener(heard);
        addTo(builder);
        others.forEach(other -> other.addTo(builder));
        return builder;
    }

    private void addTo(OrchestratorBuilder builder) {
        builder.agent(client.provider(server.address(), folder))
                .secrets(name ->
                        name.equals(client.secret()) ? Optional.of(new Secret(name, KEY.reveal())) : Optional.empty());
    }
}
