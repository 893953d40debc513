/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.store.jdbc.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** The folder of one test, with what agents leave there, and the nodes it starts. Thread-safe. */
final class Arena implements AutoCloseable {

    static final String AGENT = "agent.sh";
    static final String ACKS = "acks";
    static final String FINISH = ".finish";
    static final String RESERVED = "1.00";
    static final String BILLED = "0.01";
    static final String MARKS = ".marks";

    /** What a {@link WritingAgent} says it used, and what is reserved for any agent where a budget is in tokens. */
    static final long TOKENS = 15;

    /** The exit code of an agent whose service turns it away; others mean that it failed. */
    static final int RATE_LIMITED = 75;

    /** Far beyond what anything here takes. */
    static final Duration BOUND = Duration.ofMinutes(2);

    private static final String HOLD = ".hold";
    private static final String FAILS = ".fails";
    private static final String HEARD = ".heard";

    /**
     * An agent. While it lives it has a lock on a file, as have all it starts, so that the kernel tells whether two are
     * alive at once. It writes down which notes its prompt has, tells what it has used so far, works until nobody holds it
     * any more, and claims to be done every time, unless it is to fail. Its task has the name of its workspace, or the one
     * that stands in a file there.
     */
    private static final String SCRIPT = """
            [ -e "$1/task" ] && task=$(cat "$1/task") || task=$(basename "$1")
            mark() { echo "$1 $iteration $attempt $NODE $(date +%s%N)" >>"$MARKS/$task.marks"; }
            iteration=$2 attempt=$3
            exec 9>>"$MARKS/$task.lock"
            flock -n 9 || mark overlap
            mark begin
            grep -o 'note-[a-z0-9-]*' | while read -r note; do
                echo "$iteration $attempt $note" >>"$MARKS/$task.heard"
            done
            echo "used ${iteration}00 5 0.01"
            while [ -e "$MARKS/$task.hold" ]; do mark alive; sleep 0.02; done
            result='{"result": "LOOP_COMPLETE", "cost": 0.01, "in": '${iteration}'00, "out": 5}'
            [ -e "$MARKS/$task.fails" ] && echo "$result" && exit "$(cat "$MARKS/$task.fails")"
            echo "$iteration $attempt" >>"$1/work"
            mark end
            echo "$result"
            """;

    private final Path folder;
    private final ConcurrentLinkedQueue<ChildJvm> nodes = new ConcurrentLinkedQueue<>();

    Arena(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        Files.writeString(this.folder.resolve(AGENT), SCRIPT);
    }

    NodeOrder order(String name, String database, String... tasks) {
        return new NodeOrder(
                name,
                database,
                folder,
                Duration.ofSeconds(2),
                Duration.ofMillis(900),
                false,
                Duration.ZERO,
                null,
                RunTerms.PLAIN,
                List.of(tasks));
    }

    /** Makes the folders in which a host's nodes find the workspaces of tasks. */
    Path host(String name, String... tasks) throws IOException {
        Path host = folder.resolve(name);
        for (String task : tasks) {
            Files.createDirectories(host.resolve(task));
        }
        return host;
    }

    /** The same, each workspace a git repository. */
    Path hostWithRepositories(String name, String... tasks) throws IOException, InterruptedException {
        Path host = host(name, tasks);
        for (String task : tasks) {
            Path workspace = host.resolve(task);
            git(workspace, "init", "-q", "-b", "main");
            Files.writeString(workspace.resolve("README"), "a repository\n");
            git(workspace, "add", "README");
            git(workspace, "commit", "-q", "-m", "first");
        }
        return host;
    }

    /** Starts a node on a host; it is up when this returns. */
    ChildJvm start(Path host, NodeOrder order) throws IOException, InterruptedException {
        return start(host, NodeMain.class, order.arguments());
    }

    /** Starts a process in a folder; it has said that it is up when this returns. */
    ChildJvm start(Path directory, Class<?> main, List<String> arguments) throws IOException, InterruptedException {
        ChildJvm node = ChildJvm.start(directory, List.of("-Xmx160m"), main, arguments);
        nodes.add(node);
        node.await("up", BOUND);
        return node;
    }

    /** From now on the agents of runs work until they are released. */
    void hold(String... tasks) throws IOException {
        for (String task : tasks) {
            Files.createFile(folder.resolve(task + HOLD));
        }
    }

    void release(String... tasks) throws IOException {
        for (String task : tasks) {
            Files.delete(folder.resolve(task + HOLD));
        }
    }

    /** From now on the run's agents end with an exit code, until it is mended. */
    void fail(String task, int exitCode) throws IOException {
        Files.writeString(folder.resolve(task + FAILS), Integer.toString(exitCode));
    }

    void mend(String task) throws IOException {
        Files.delete(folder.resolve(task + FAILS));
    }

    /** Makes the gates of runs pass. */
    void finish(String... tasks) throws IOException {
        for (String task : tasks) {
            Files.createFile(folder.resolve(task + FINISH));
        }
    }

    /** Waits until a node has seen its runs end, in this order. */
    void awaitCompleted(ChildJvm node, String... tasks) throws InterruptedException {
        for (String task : tasks) {
            assertThat(node.await("ended " + task + " ", BOUND)).isEqualTo("COMPLETED");
        }
    }

    static String[] tasks(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + "-" + i).toArray(String[]::new);
    }

    List<Mark> marks(String task) {
        return lines(task + MARKS).stream().map(Mark::parse).toList();
    }

    /** The notes that agents found in their prompts, each with the attempt. */
    List<String> heard(String task) {
        return lines(task + HEARD);
    }

    /** What an agent tells that it uses: more than the one before, so more than is reserved for it. */
    static long tokens(int iteration) {
        return 100L * iteration + 5;
    }

    /** What nodes know of what they committed, in the order they learnt it. */
    List<Ack> acks() {
        return lines(ACKS).stream().map(Ack::parse).toList();
    }

    /** Waits until a node has launched an agent for a run. */
    Mark awaitAgent(String task, String node) {
        await(
                "an agent of " + task + " on " + node,
                () -> marks(task).stream()
                        .anyMatch(mark -> mark.is("begin") && mark.node().equals(node)));
        return marks(task).stream()
                .filter(mark -> mark.is("begin") && mark.node().equals(node))
                .findFirst()
                .orElseThrow();
    }

    /** Whether an agent of the run is alive, or anything it started. */
    boolean agentAlive(String task) throws IOException, InterruptedException {
        return new ProcessBuilder("flock", "-n", folder.resolve(task + ".lock").toString(), "true")
                        .start()
                        .waitFor()
                != 0;
    }

    /** Waits for something; not on after a node has failed. */
    void await(String what, Callable<Boolean> condition) {
        await(what, BOUND, Duration.ofMillis(20), condition);
    }

    /** The same for what takes longer, or costs more to ask for. */
    void await(String what, Duration bound, Duration poll, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(bound)
                .pollDelay(Duration.ZERO)
                .pollInterval(poll)
                .until(() -> {
                    nodes.forEach(ChildJvm::requireNoFailure);
                    return condition.call();
                });
    }

    @Override
    public void close() {
        nodes.forEach(ChildJvm::close);
    }

    /** Whole lines: the last one may still be written. */
    private List<String> lines(String name) {
        try {
            Path file = folder.resolve(name);
            String text = Files.exists(file) ? Files.readString(file) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs git and gives what it printed. */
    static String git(Path directory, String... arguments) throws IOException, InterruptedException {
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
}
