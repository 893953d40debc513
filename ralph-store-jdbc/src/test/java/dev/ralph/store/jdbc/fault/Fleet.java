/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AgentRef;
import dev.ralph.CheckpointPolicy;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.ProgressPolicy;
import dev.ralph.RetryPolicy;
import dev.ralph.RunSpec;
import dev.ralph.RunSpecBuilder;
import dev.ralph.WorkspaceRef;
import dev.ralph.spi.Gate;
import dev.ralph.store.jdbc.ChildJvm;
import dev.ralph.store.jdbc.DbSchedulerDispatcher;
import dev.ralph.store.jdbc.JdbcStore;
import dev.ralph.store.jdbc.MigrationMode;
import dev.ralph.store.jdbc.Sealing;
import dev.ralph.workspace.GitWorkspaceProvider;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/**
 * Nodes that share a queue and a directory of workspaces, and one within the test, which submits and follows, and works
 * nothing. One thread.
 */
final class Fleet implements AutoCloseable {

    /** Far beyond what anything here takes. */
    static final Duration BOUND = Duration.ofMinutes(10);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final String FRONT = "front";

    private final Arena arena;
    private final LoggedDatabase database;
    private final Path folder;
    private final Path workspaces;
    private final JdbcStore store;
    private final Orchestrator front;
    private final List<ChildJvm> doomed = new ArrayList<>();

    Fleet(Path folder, LoggedDatabase database) throws IOException {
        this(folder, database, "");
    }

    /** One whose store has keys: {@link Sealing#keys}. */
    Fleet(Path folder, LoggedDatabase database, String keys) throws IOException {
        this.folder = folder.toRealPath();
        this.database = database;
        arena = new Arena(this.folder);
        workspaces = Files.createDirectories(this.folder.resolve("workspaces"));
        store = JdbcStore.builder()
                .url(database.url(FRONT))
                .pool(1, 5)
                .migrations(MigrationMode.NONE)
                .encryption(Sealing.keys(keys))
                .build();
        front = ClusterAgents.register(Orchestrator.builder(), this.folder, FRONT)
                .store(store)
                .dispatcher(DbSchedulerDispatcher.submitting())
                .node(FRONT)
                .property(
                        GitWorkspaceProvider.FOLDER, clones(this.folder, FRONT).toString())
                .build();
    }

    /** Where a node makes its clones: no other one sees them, as if it were on another host. */
    static Path clones(Path folder, String node) {
        return folder.resolve("clones").resolve(node);
    }

    Arena arena() {
        return arena;
    }

    JdbcStore store() {
        return store;
    }

    Orchestrator front() {
        return front;
    }

    /** Leases of 4 seconds, 4 runs at once. */
    WorkerOrder order(String name) {
        return new WorkerOrder(
                name,
                database.url(name),
                folder,
                Duration.ofSeconds(4),
                Duration.ofMillis(1_800),
                4,
                8,
                Duration.ZERO,
                Duration.ofSeconds(20),
                "");
    }

    /** Starts a node; it works the queue when this returns. */
    ChildJvm start(WorkerOrder order) throws IOException, InterruptedException {
        return arena.start(folder, WorkerMain.class, order.arguments());
    }

    /** Starts one that is going to die by itself. */
    ChildJvm startDoomed(WorkerOrder order) throws IOException, InterruptedException {
        ChildJvm node = ChildJvm.start(folder, List.of("-Xmx160m"), WorkerMain.class, order.arguments());
        doomed.add(node);
        return node;
    }

    /**
     * Starts nodes and kills random ones, each followed by a new one, whenever a few runs more have ended, until all have.
     *
     * @param most how many runs at most end between two kills
     * @return when which node was killed
     */
    Map<String, Instant> killAtRandom(int nodes, int runs, int most, Random random) throws Exception {
        Map<String, Instant> deaths = new HashMap<>();
        List<String> names = new ArrayList<>();
        List<ChildJvm> alive = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            names.add("node-" + i);
            alive.add(start(order(names.get(i))));
        }
        int enough = 0;
        while (enough < runs) {
            enough = Math.min(runs, ended() + 1 + random.nextInt(most));
            awaitEnded(enough);
            if (enough < runs) {
                int victim = random.nextInt(nodes);
                alive.get(victim).kill();
                deaths.put(names.get(victim), Instant.now());
                names.set(victim, "node-" + (nodes + deaths.size() - 1));
                alive.set(victim, start(order(names.get(victim))));
            }
        }
        return deaths;
    }

    /** A task that takes so many iterations: its gate lets it through when the agent has been at the last. */
    RunSpecBuilder task(String task, AgentRef agent, int iterations) throws IOException {
        return endless(task, agent).gate(Gate.command("grep", "-q", "^" + iterations + " ", "work"));
    }

    /** A task without gates and limits. */
    RunSpecBuilder endless(String task, AgentRef agent) throws IOException {
        return RunSpec.prompt("Do the task")
                .taskId(task)
                .workspace(Files.createDirectories(workspaces.resolve(task)))
                .agent(agent)
                .limits(Limits.builder()
                        .maxIterations(10_000)
                        .maxCost("100000")
                        .reservedCost(new BigDecimal(Arena.RESERVED))
                        .reservedTokens(Arena.TOKENS)
                        .build())
                .retry(RetryPolicy.DEFAULT
                        .withDelays(Duration.ofMillis(20), Duration.ofMillis(50))
                        .withMaxTakeovers(1_000))
                .progress(ProgressPolicy.OFF)
                .checkpoints(CheckpointPolicy.OFF);
    }

    /** The remote of a task whose workspace moves. */
    Path remote(String task) {
        return folder.resolve("remotes").resolve(task + ".git");
    }

    /** A task that takes so many iterations at least, or until it is finished, on a new remote that each node has a clone of. */
    RunSpecBuilder moving(String task, AgentRef agent, int iterations) throws IOException, InterruptedException {
        Path project = Files.createDirectories(folder.resolve("remotes").resolve(task));
        Arena.git(project, "init", "-q", "-b", "main");
        Files.writeString(project.resolve("task"), task);
        Arena.git(project, "add", "task");
        Arena.git(project, "commit", "-q", "-m", "first");
        Arena.git(project, "clone", "-q", "--bare", ".", remote(task).toString());
        return endless(task, agent)
                .workspace(WorkspaceRef.git(remote(task).toString()))
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .gate(Gate.command(
                        "sh",
                        "-c",
                        "[ -e \"$0\" ] || [ $(tail -n 1 work | cut -d ' ' -f 1) -ge " + iterations + " ]",
                        folder.resolve(task + Arena.FINISH).toString()));
    }

    int ended() throws Exception {
        return database.count("SELECT count(*) FROM ralph.orchestrations WHERE completed_at IS NOT NULL");
    }

    void awaitEnded(int runs) {
        await(runs + " runs have ended", () -> ended() >= runs);
    }

    /** Waits for something; not on after a node has failed that nobody killed. */
    void await(String what, Callable<Boolean> condition) {
        arena.await(what, BOUND, POLL, condition);
    }

    /** Nothing is left to do, and nothing is held. */
    void requireIdle() throws Exception {
        await("the queue is empty", () -> database.count("SELECT count(*) FROM ralph.queue") == 0);
        assertThat(database.count("SELECT count(*) FROM ralph.orchestrations WHERE completed_at IS NULL"))
                .isZero();
    }

    @Override
    public void close() {
        front.close(Duration.ZERO);
        store.close();
        doomed.forEach(ChildJvm::close);
        arena.close();
    }
}
