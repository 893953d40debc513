/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ralph.CheckpointPolicy;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.ProgressPolicy;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.RunSpecBuilder;
import dev.ralph.agent.CommandAgent;
import dev.ralph.agent.CommandAgentBuilder;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Claim;
import dev.ralph.store.InMemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The folder, scripted agents and orchestrators of one test. Scripts find the folder in {@code $PLAY}. What is still at
 * work at the end is stopped.
 */
public final class Playground implements BeforeEachCallback, AfterEachCallback {

    /** Far beyond what anything here takes, even on a host that is busy with other things. */
    public static final Duration BOUND = Duration.ofSeconds(40);

    private static final Duration GRACE = Duration.ofMillis(300);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private @Nullable Path folder;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("ralph-play-").toRealPath();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        try (Stream<Path> files = Files.walk(folder())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    public Path folder() {
        if (folder == null) {
            throw new IllegalStateException("only within a test");
        }
        return folder;
    }

    public Path file(String name) {
        return folder().resolve(name);
    }

    /** A workspace without git. */
    public Path directory(String name) {
        try {
            return Files.createDirectories(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A workspace in a git repository with one commit. */
    public Path repository(String name) throws IOException, InterruptedException {
        Path directory = directory(name);
        git(directory, "init", "-q", "-b", "main");
        Files.writeString(directory.resolve("README"), "a repository\n");
        git(directory, "add", "README");
        git(directory, "commit", "-q", "-m", "first");
        return directory;
    }

    /** Runs git and gives what it printed. */
    public static String git(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "git", "-c", "user.name=Test", "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** An agent that runs a shell script. */
    public CommandAgentBuilder agent(String id, String script) {
        try {
            Path file = Files.writeString(file(id + ".sh"), script);
            return CommandAgent.builder(id)
                    .command("sh", file.toString())
                    .variable("PLAY", folder().toString())
                    .grace(GRACE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A builder with an agent of the id "scripted" that runs a shell script. */
    public OrchestratorBuilder orchestrator(String script) {
        return Orchestrator.builder().agent(agent("scripted", script).build());
    }

    /** Builds it, and stops it at the end of the test. */
    public Orchestrator start(OrchestratorBuilder builder) {
        Orchestrator orchestrator = builder.build();
        open.push(() -> orchestrator.close(Duration.ZERO));
        return orchestrator;
    }

    /** Closes it at the end of the test. */
    public <T extends AutoCloseable> T closing(T part) {
        open.push(part);
        return part;
    }

    /** A task for {@code scripted} with short delays, no checkpoints and nothing that ends it but its limits. */
    public static RunSpecBuilder task(Path workspace) {
        return quick(RunSpec.prompt("Do the task").workspace(workspace).agent("scripted"));
    }

    /** The same for any spec. */
    public static RunSpecBuilder quick(RunSpecBuilder spec) {
        return spec.retry(RetryPolicy.DEFAULT.withDelays(Duration.ofMillis(20), Duration.ofMillis(50)))
                .progress(ProgressPolicy.OFF)
                .checkpoints(CheckpointPolicy.OFF);
    }

    /** Nodes that take a run, one after the other, and die before their first step; the last one's lease is over then. */
    static void nodesDie(InMemoryStore store, RunId run, int deaths) {
        Duration lease = Duration.ofSeconds(1);
        for (int death = 1; death <= deaths; death++) {
            String owner = "node-" + death;
            until(
                    () -> store.claim(run, owner, lease, Set.of(1)) instanceof Claim.Granted ? true : null,
                    owner + " takes the run, and dies");
        }
        until(
                () -> store.claim(run, "looks", lease, Set.of()) instanceof Claim.Held ? null : true,
                "the last lease runs out");
    }

    /** The result, which has to come in time. */
    public static RunResult result(Run run) throws InterruptedException {
        return run.await(BOUND).orElseThrow(() -> new AssertionError("still " + run.snapshot()));
    }

    /** Waits for the first event of a type. */
    public static <E extends StateEvent> E event(Run run, Class<E> type) {
        return event(run, type, 0);
    }

    /** Waits for the first event of a type after another. */
    public static <E extends StateEvent> E event(Run run, Class<E> type, long after) {
        return until(
                () -> run.events(after, 10_000).stream()
                        .filter(type::isInstance)
                        .map(type::cast)
                        .findFirst()
                        .orElse(null),
                "an event " + type.getSimpleName());
    }

    /** Waits until a file of the folder has so many lines. */
    public void awaitLines(String name, int lines) {
        until(() -> lines(name).size() >= lines ? Boolean.TRUE : null, lines + " lines in " + name);
    }

    /** The lines of a file of the folder; none if it is not there. */
    public List<String> lines(String name) throws IOException {
        return Files.exists(file(name)) ? Files.readAllLines(file(name)) : List.of();
    }

    /** Waits until there is something. */
    public static <T> T until(Callable<@Nullable T> something, String what) {
        return await(what).atMost(BOUND).pollInterval(Duration.ofMillis(10)).until(something, found -> found != null);
    }

    /** Command lines of living processes that scripted agents of this test started, found by their environment. */
    public List<String> alive() {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (read(process.resolve("environ")).contains("PLAY=" + folder() + "\0")) {
                    found.add(process.getFileName() + " "
                            + read(process.resolve("cmdline")).replace('\0', ' '));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
