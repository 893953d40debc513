/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.Orchestrator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A node in a JVM of its own, which can be killed. What it prints is kept. */
final class NodeProcess implements AutoCloseable {

    private static final String READY = "ready";

    private final Process process;
    private final Queue<String> printed = new ConcurrentLinkedQueue<>();

    private NodeProcess(Process process) {
        this.process = process;
        Thread reading = new Thread(this::read, "output of node " + process.pid());
        reading.setDaemon(true);
        reading.start();
    }

    /** Starts a node, and waits until it works the queue. */
    static NodeProcess start(String url, String name, Duration lease) throws IOException {
        NodeProcess node = new NodeProcess(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        url,
                        name,
                        Long.toString(lease.toMillis())))
                .redirectErrorStream(true)
                .start());
        Cluster.untilTrue("node " + name + " is ready", () -> {
            if (!node.process.isAlive()) {
                throw new AssertionError("node " + name + " ended:\n" + String.join("\n", node.printed));
            }
            return node.printed.contains(READY);
        });
        return node;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it printed a line. */
    boolean said(String line) {
        return printed.contains(line);
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(printed::add);
        } catch (IOException e) {
            printed.add(e.toString());
        }
    }

    /** The node. Its agent kills the JVM in a workspace that is called {@code poison}, and works for ever in any other. */
    static final class Main {

        private Main() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) throws InterruptedException {
            Duration lease = Duration.ofMillis(Long.parseLong(arguments[2]));
            JdbcStore store = JdbcStore.builder()
                    .url(arguments[0])
                    .pool(1, 4)
                    .migrations(MigrationMode.NONE)
                    .build();
            Orchestrator node = Orchestrator.builder()
                    .store(store)
                    .dispatcher(DbSchedulerDispatcher.working())
                    .agent(new CodedAgent(invocation -> {
                        if (invocation.workspace().endsWith("poison")) {
                            Runtime.getRuntime().halt(1);
                        }
                        System.out.println("works " + invocation.run());
                        new CountDownLatch(1).await(1, TimeUnit.HOURS);
                        return CodedAgent.says("more");
                    }))
                    .leases(lease, lease.multipliedBy(2).dividedBy(5))
                    .node(arguments[1])
                    .build();
            System.out.println(READY);
            new CountDownLatch(1).await(1, TimeUnit.HOURS);
            node.close();
        }
    }
}
