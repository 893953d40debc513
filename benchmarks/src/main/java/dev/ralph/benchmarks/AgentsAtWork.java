/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import dev.ralph.CheckpointPolicy;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunSpec;
import dev.ralph.agent.CommandAgent;
import dev.ralph.process.Containment;
import dev.ralph.process.ContainmentException;
import dev.ralph.process.ContainmentMechanism;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures what a node needs for each run at work beside what the agent itself needs: threads, heap, open files, and the
 * processes that contain the agent. The agent is {@code sleep}, in a plain folder; the store is in memory. Linux.
 */
public final class AgentsAtWork {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private AgentsAtWork() {}

    /** Prints one line per set-up. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (ContainmentMechanism mechanism : ContainmentMechanism.values()) {
            try {
                measure(mechanism, 20);
                for (int runs : new int[] {50, 200, 400}) {
                    System.out.println(mechanism + ", " + measure(mechanism, runs));
                }
            } catch (ContainmentException e) {
                System.out.printf("%s not available here: %s%n", mechanism, e.getMessage());
            }
        }
    }

    private static String measure(ContainmentMechanism mechanism, int count) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ralph-at-work");
        Path up = Files.createDirectory(folder.resolve("up"));
        Node before;
        Node during;
        long started;
        long stopped;
        try (Orchestrator ralph = Orchestrator.builder()
                .containment(Containment.using(mechanism))
                .maxParallelRuns(count)
                .agent(CommandAgent.builder("sleeping")
                        .command("sh", "-c", "echo >\"$0/$(basename \"$PWD\")\"; exec sleep 3600", up.toString())
                        .build())
                .build()) {
            before = Node.now();
            long begin = System.nanoTime();
            List<Run> runs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                runs.add(ralph.submit(RunSpec.prompt("Do nothing.")
                        .workspace(Files.createDirectory(folder.resolve("w" + i)))
                        .agent("sleeping")
                        .limits(Limits.builder().maxIterations(1).build())
                        .checkpoints(CheckpointPolicy.OFF)
                        .build()));
            }
            awaitFiles(up, count);
            started = System.nanoTime() - begin;
            during = Node.now();
            begin = System.nanoTime();
            runs.forEach(Run::cancel);
            for (Run run : runs) {
                run.await();
            }
            stopped = System.nanoTime() - begin;
        }
        return "%d runs: all agents up after %.1f s, all stopped after %.1f s; each run: %s"
                .formatted(count, started / 1e9, stopped / 1e9, during.perRun(before, count));
    }

    private static void awaitFiles(Path folder, int count) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (entries(folder) < count) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(entries(folder) + " of " + count + " agents are up");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    /**
     * What this process and its descendants use.
     *
     * @param threads of this process
     * @param heap bytes used after a collection
     * @param files this process has open
     * @param processes descendants
     * @param memory of the descendants, in bytes; memory that several share is divided among them
     */
    private record Node(int threads, long heap, long files, long processes, long memory) {

        static Node now() throws IOException {
            ManagementFactory.getMemoryMXBean().gc();
            List<Long> descendants = ProcessHandle.current()
                    .descendants()
                    .map(ProcessHandle::pid)
                    .toList();
            return new Node(
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    entries(Path.of("/proc/self/fd")),
                    descendants.size(),
                    descendants.stream().mapToLong(Node::proportionalBytes).sum());
        }

        String perRun(Node before, int runs) {
            return "%.1f threads, %.0f kB of heap, %.1f open files; %.1f processes with %.1f MB, the agent's included"
                    .formatted(
                            (double) (threads - before.threads) / runs,
                            (heap - before.heap) / 1e3 / runs,
                            (double) (files - before.files) / runs,
                            (double) (processes - before.processes) / runs,
                            (memory - before.memory) / 1e6 / runs);
        }

        private static long proportionalBytes(long pid) {
            try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
                return lines.filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                        .sum();
            } catch (IOException e) {
                return 0;
            }
        }
    }
}
