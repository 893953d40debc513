/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import dev.ralph.process.ContainedProcess;
import dev.ralph.process.Containment;
import dev.ralph.process.ContainmentException;
import dev.ralph.process.ContainmentMechanism;
import dev.ralph.process.OutputLimits;
import dev.ralph.process.ProcessExit;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.process.ProcessListener;
import dev.ralph.process.StopCause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/**
 * Measures, for each containment mechanism, what is left of a hostile agent and how long its end takes: after a stop, after
 * {@code kill -9} and SIGSTOP of its host; and what 500 MB of output cost the host's heap. For Linux, with {@code setsid}.
 */
public final class ContainmentFigures {

    private static final String FLOOD = "yes 'one more line of output, much like the last' | head -c 500000000";

    private ContainmentFigures() {}

    /** Prints one block per mechanism. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (ContainmentMechanism mechanism : ContainmentMechanism.values()) {
            System.out.printf("%s (%s)%n", mechanism, mechanism.level());
            try {
                stop(mechanism);
                flood(mechanism);
                loseHost(mechanism, "KILL");
                loseHost(mechanism, "STOP");
            } catch (ContainmentException e) {
                System.out.printf("  not available here: %s%n", e.getMessage());
            }
        }
    }

    private static void stop(ContainmentMechanism mechanism) throws IOException, InterruptedException {
        Witness witness = new Witness(UUID.randomUUID().toString());
        try (ProcessLauncher launcher = launcher(mechanism)) {
            ContainedProcess process = HostileAgent.start(launcher, witness.word());
            int before = witness.alive();
            long begin = System.nanoTime();
            process.terminate(StopCause.CANCELLED);
            process.await();
            System.out.printf(
                    "  stopped:       %d processes, %d survivors, ended %d ms after its grace of %d ms%n",
                    before,
                    witness.alive(),
                    millisSince(begin) - HostileAgent.GRACE.toMillis(),
                    HostileAgent.GRACE.toMillis());
        } finally {
            witness.killAll();
        }
    }

    private static void flood(ContainmentMechanism mechanism) throws InterruptedException {
        try (ProcessLauncher launcher = launcher(mechanism)) {
            HeapPeak heap = HeapPeak.start();
            ProcessExit exit = launcher.start(
                            HostileAgent.spec(FLOOD, "flood")
                                    .limits(OutputLimits.DEFAULT)
                                    .build(),
                            ProcessListener.none())
                    .await();
            System.out.printf(
                    "  500 MB output: read in %d ms, heap grew by %.1f MB at most, cut flagged: %s%n",
                    exit.duration().toMillis(), heap.stop() / 1e6, exit.stdout().cut());
        }
    }

    private static void loseHost(ContainmentMechanism mechanism, String signal)
            throws IOException, InterruptedException {
        Witness witness = new Witness(UUID.randomUUID().toString());
        Process host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileAgent.class.getName(),
                        mechanism.name(),
                        witness.word())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (host.getInputStream().read() < 0) {
                throw new IOException("the host ended before its agent was at work");
            }
            int before = witness.alive();
            long begin = System.nanoTime();
            new ProcessBuilder("kill", "-s", signal, Long.toString(host.pid()))
                    .start()
                    .waitFor();
            int left = witness.awaitNone(Duration.ofSeconds(15));
            System.out.printf(
                    "  host SIG%s:  %d processes, %d survivors, the last was gone after %d ms%n",
                    signal, before, left, millisSince(begin));
        } finally {
            host.destroyForcibly().waitFor();
            witness.killAll();
        }
    }

    static ProcessLauncher launcher(ContainmentMechanism mechanism) {
        return ProcessLauncher.builder()
                .containment(Containment.using(mechanism))
                .build();
    }

    private static long millisSince(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }
}
