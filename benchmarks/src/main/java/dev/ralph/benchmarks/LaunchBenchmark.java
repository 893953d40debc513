/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import dev.ralph.process.Containment;
import dev.ralph.process.ContainmentMechanism;
import dev.ralph.process.ProcessExit;
import dev.ralph.process.ProcessInput;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.process.ProcessListener;
import dev.ralph.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a trivial program costs from start to end, per containment mechanism, beside the JVM alone and beside bash. A
 * mechanism that this host does not have fails; the others are measured all the same.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 5)
public class LaunchBenchmark {

    private static final int LOOP = 100;

    /** A launcher, made once: making it tries the mechanism out. */
    @State(Scope.Benchmark)
    public static class Contained {

        @Param
        @SuppressWarnings("NullAway.Init")
        public ContainmentMechanism mechanism;

        @SuppressWarnings("NullAway.Init")
        private ProcessLauncher launcher;

        private final ProcessSpec spec = ProcessSpec.builder("/bin/true")
                .directory(Path.of("/"))
                .input(ProcessInput.text("prompt"))
                .build();

        @Setup
        public void open() {
            launcher = ProcessLauncher.builder()
                    .containment(Containment.using(mechanism))
                    .build();
        }

        @TearDown
        public void close() {
            launcher.close();
        }
    }

    @Benchmark
    public ProcessExit contained(Contained contained) throws InterruptedException {
        return contained.launcher.start(contained.spec, ProcessListener.none()).await();
    }

    @Benchmark
    public int jvmAlone() throws IOException, InterruptedException {
        return new ProcessBuilder("/bin/true").start().waitFor();
    }

    @Benchmark
    @OperationsPerInvocation(LOOP)
    public int bashLoop() throws IOException, InterruptedException {
        return new ProcessBuilder("bash", "-c", "for i in {1.." + LOOP + "}; do /bin/true; done")
                .start()
                .waitFor();
    }
}
