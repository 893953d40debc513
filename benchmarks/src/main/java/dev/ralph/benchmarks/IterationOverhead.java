/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import dev.ralph.CheckpointPolicy;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.ProgressPolicy;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.agent.CommandAgent;
import dev.ralph.process.Containment;
import dev.ralph.process.ContainmentException;
import dev.ralph.process.ContainmentMechanism;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Measures what Ralph adds to an agent that does nothing: wall time per iteration over {@code true}, per containment
 * mechanism, with and without git, beside a shell loop over the same program in the same run.
 */
public final class IterationOverhead {

    private static final int ITERATIONS = 200;
    private static final int WARM_UP = 50;

    private IterationOverhead() {}

    /** Prints one line per set-up. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.printf("%d iterations over 'true', after %d to warm up%n", ITERATIONS, WARM_UP);
        shellLoop();
        report("shell loop", "-", shellLoop());
        for (ContainmentMechanism mechanism : ContainmentMechanism.values()) {
            measure(mechanism, false);
            measure(mechanism, true);
        }
    }

    private static void measure(ContainmentMechanism mechanism, boolean git) throws IOException, InterruptedException {
        Path workspace = Files.createTempDirectory("ralph-overhead");
        if (git) {
            run(workspace, "git", "init", "-q");
        }
        String name = mechanism + (git ? ", git workspace" : ", plain folder");
        try (Orchestrator ralph = Orchestrator.builder()
                .containment(Containment.using(mechanism))
                .agent(CommandAgent.builder("trivial").command("true").build())
                .build()) {
            loop(ralph, workspace, WARM_UP);
            report(name, ralph.containment().level().name(), loop(ralph, workspace, ITERATIONS));
        } catch (ContainmentException e) {
            System.out.printf("%-32s not available here: %s%n", name, e.getMessage());
        }
    }

    private static Duration loop(Orchestrator ralph, Path workspace, int iterations) throws InterruptedException {
        long begin = System.nanoTime();
        RunResult result = ralph.run(RunSpec.prompt("Do nothing.")
                .workspace(workspace)
                .agent("trivial")
                .limits(Limits.builder().maxIterations(iterations).build())
                .progress(ProgressPolicy.OFF)
                .checkpoints(CheckpointPolicy.OFF)
                .build());
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (result.iterations() != iterations) {
            throw new IllegalStateException("expected " + iterations + " iterations: " + result);
        }
        return took;
    }

    private static Duration shellLoop() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ralph-overhead");
        Path prompt = Files.writeString(folder.resolve("prompt.md"), "Do nothing.");
        long begin = System.nanoTime();
        run(
                folder,
                "bash",
                "-c",
                "i=0; while [ $i -lt " + ITERATIONS + " ]; do /bin/true <\"$1\" >/dev/null; i=$((i+1)); done",
                "bash",
                prompt.toString());
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static void run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(command[0] + " failed");
        }
    }

    private static void report(String name, String level, Duration took) {
        System.out.printf("%-32s %-14s %7.2f ms per iteration%n", name, level, took.toNanos() / 1e6 / ITERATIONS);
    }
}
