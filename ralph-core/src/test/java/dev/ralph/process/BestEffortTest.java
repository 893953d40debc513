/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is promised on hosts that cannot contain, tried on one that can show what is left. */
@Tag("linux")
class BestEffortTest {

    private static final Duration GRACE = Duration.ofMillis(500);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path tools;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Witness witness = Witness.create();
    private final Recorder recorder = new Recorder();

    @AfterEach
    void nothingIsLeft() {
        witness.awaitNoneAlive(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @EnumSource(names = {"GROUP", "HANDLES"})
    void theTreeIsKilledWhenItsGraceIsOver(ContainmentMechanism mechanism) throws Exception {
        try (ProcessLauncher launcher = launcher(mechanism)) {
            ContainedProcess process = launcher.start(
                    // It forks nothing while it is killed: on such hosts a child of that very moment may get away.
                    script("mkfifo deaf; sleep 300 & setsid sh -c 'trap \"\" TERM; echo >deaf; sleep 300' &"
                            + " read -r _ <deaf; trap '' TERM; echo up; wait"),
                    recorder);
            recorder.awaitFirstLine();
            long before = System.nanoTime();
            process.terminate(StopCause.CANCELLED);
            ProcessExit exit = process.await();
            ContainmentContract.assertWithin(before, GRACE, GRACE.plus(ContainmentContract.LATE));
            assertThat(exit.end()).isEqualTo(ProcessEnd.TERMINATED);
            assertThat(exit.level()).isEqualTo(ContainmentLevel.BEST_EFFORT);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GROUP", "HANDLES"})
    void childrenThatOutliveTheirParentAreKilled(ContainmentMechanism mechanism) throws Exception {
        try (ProcessLauncher launcher = launcher(mechanism)) {
            // Long enough that the JVM has seen the child before it lost its parent.
            ProcessExit exit = launcher.start(script("sleep 300 & sleep 2; echo out; exit 3"), recorder)
                    .await();
            assertThat(exit.exitCode()).isEqualTo(OptionalInt.of(3));
            assertThat(exit.end()).isEqualTo(ProcessEnd.EXITED);
            assertThat(recorder.texts(OutputChannel.STDOUT)).containsExactly("out");
            assertThat(witness.contained()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GROUP", "HANDLES"})
    void inputAndEnvironmentArrive(ContainmentMechanism mechanism) throws Exception {
        try (ProcessLauncher launcher = launcher(mechanism)) {
            ProcessSpec spec = ProcessSpec.builder("sh", "-c", "cat; echo $WITNESS $PWD")
                    .directory(directory)
                    .environment(Environment.allowing("PATH").with("WITNESS", witness.word()))
                    .input(ProcessInput.text("prompt\n"))
                    .build();
            launcher.start(spec, recorder).await();
            assertThat(recorder.texts(OutputChannel.STDOUT))
                    .containsExactly("prompt", witness.word() + " " + directory);
        }
    }

    @Test
    void aSurvivorThatHoldsTheOutputOpenIsNotWaitedForLong() throws Exception {
        try (ProcessLauncher launcher = launcher(ContainmentMechanism.HANDLES)) {
            long before = System.nanoTime();
            ProcessExit exit = launcher.start(script("echo out; setsid sleep 60 & exit 0"), recorder)
                    .await();
            ContainmentContract.assertWithin(before, Duration.ZERO, Duration.ofSeconds(20));
            assertThat(exit.successful()).isTrue();
            assertThat(exit.stdout().head()).isEqualTo("out\n");
        } finally {
            witness.killAll();
        }
    }

    @Test
    void aSignalFromTheTerminalDoesNotReachTheGroup() throws Exception {
        try (ProcessLauncher launcher = launcher(ContainmentMechanism.GROUP)) {
            ProcessExit exit = launcher.start(script("cut -d ' ' -f 5 /proc/self/stat /proc/$PPID/stat"), recorder)
                    .await();
            List<String> groups = recorder.texts(OutputChannel.STDOUT);
            assertThat(exit.successful()).isTrue();
            assertThat(groups).hasSize(2).doesNotHaveDuplicates();
        }
    }

    private ProcessLauncher launcher(ContainmentMechanism mechanism) throws IOException {
        // Only bash has job control without a terminal, as /bin/sh of macOS is.
        Files.createSymbolicLink(tools.resolve("sh"), Path.of("/bin/bash"));
        return ProcessLauncher.builder()
                .tools(new HostTools(List.of(tools, Path.of("/usr/bin"), Path.of("/bin"))))
                .containment(Containment.using(mechanism))
                .build();
    }

    private ProcessSpec script(String script) {
        return ProcessSpec.builder("sh", "-c", script)
                .directory(directory)
                .environment(Environment.allowing("PATH").with("WITNESS", witness.word()))
                .timeouts(new ProcessTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(60), GRACE))
                .build();
    }
}
