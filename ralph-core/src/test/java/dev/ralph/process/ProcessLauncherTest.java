/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ralph.process.ProcessStartException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whatever the containment is: runs in the strongest the host has. */
class ProcessLauncherTest {

    private static final ProcessTimeouts TIMEOUTS =
            new ProcessTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(500));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path privateFolder;

    @SuppressWarnings("NullAway.Init")
    private ProcessLauncher launcher;

    private final Recorder recorder = new Recorder();

    @BeforeEach
    void makeLauncher() throws IOException {
        privateFolder = Files.createDirectory(folder.resolve("private"));
        launcher = ProcessLauncher.builder().directory(privateFolder).build();
    }

    @AfterEach
    void closeLauncher() {
        launcher.close();
        assertThat(privateFolder).isEmptyDirectory();
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        List<String> arguments = List.of(
                "",
                "two words",
                " ",
                "'single' \"double\"",
                "$(echo no) `echo no` $HOME ${HOME} \\n \\",
                "a\nb\n",
                "--",
                "-x",
                "*",
                "; echo no",
                "& | > <",
                "x".repeat(100_000));
        List<String> command = new ArrayList<>(List.of("/usr/bin/printf", "<%s>"));
        command.addAll(arguments);
        StringBuilder printed = new StringBuilder();
        ProcessListener listener = new ProcessListener() {
            @Override
            public void line(OutputChannel channel, String line, boolean cut) {
                printed.append(line).append('\n');
            }
        };
        assertThat(run(ProcessSpec.builder(command), listener).successful()).isTrue();
        StringBuilder expected = new StringBuilder();
        arguments.forEach(argument -> expected.append('<').append(argument).append('>'));
        assertThat(printed).hasToString(expected.append('\n').toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 200_000, 10_000_000})
    void inputOfAnyLengthArrivesAndThenEnds(int length) throws Exception {
        String text = "0123456789\n".repeat(length / 11 + 1).substring(0, length);
        ProcessExit exit = run(
                ProcessSpec.builder("cksum").input(ProcessInput.text(text)).environment(Environment.allowing("PATH")),
                recorder);
        assertThat(exit.stdout().head()).isEqualTo(cksum(text) + " " + length + "\n");
    }

    @Test
    void inputMayBeAFileOfTheHost() throws Exception {
        Path file = Files.writeString(folder.resolve("input"), "of the host\n");
        run(shell("cat").input(ProcessInput.file(file)), recorder);
        assertThat(recorder.texts(OutputChannel.STDOUT)).containsExactly("of the host");
        assertThat(file).exists();
    }

    @Test
    void withoutInputAReaderIsAtItsEndAtOnce() throws Exception {
        ProcessExit exit = run(shell("cat; read -r line; echo $?"), recorder);
        assertThat(exit.stdout().head()).isEqualTo("1\n");
    }

    @Test
    void thePromptIsNowhereToBeFoundWhileTheProcessRuns() throws Exception {
        ContainedProcess process = launcher.start(
                shell("echo up; sleep 300").input(ProcessInput.text("prompt")).build(), recorder);
        recorder.awaitFirstLine();
        try (var files = Files.walk(privateFolder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("lock", "supervisor.sh", "agent", "status");
        }
        process.kill(StopCause.CANCELLED);
        process.await();
        try (var files = Files.walk(privateFolder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("lock", "supervisor.sh");
        }
    }

    @Test
    void theEnvironmentOfTheHostIsNotVisible() throws Exception {
        assertThat(System.getenv()).hasSizeGreaterThan(3);
        run(ProcessSpec.builder("/usr/bin/env"), recorder);
        assertThat(recorder.texts(OutputChannel.STDOUT))
                .allMatch(line -> line.matches("(PWD|RALPH_PROCESS|SHLVL|_)=.*"))
                .contains("PWD=" + folder);
    }

    @Test
    void aMissingProgramIsAClearError() {
        assertThatThrownBy(() -> launcher.start(
                        ProcessSpec.builder("no-such-program").directory(folder).build(), recorder))
                .isInstanceOfSatisfying(
                        ProcessStartException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND))
                .hasMessageContaining("no-such-program");
    }

    @Test
    void argumentsThatAreTooLongAreAClearError() {
        ProcessSpec spec = ProcessSpec.builder("/bin/sh", "x".repeat(5_000_000))
                .directory(folder)
                .build();
        assertThatThrownBy(() -> launcher.start(spec, recorder))
                .isInstanceOfSatisfying(
                        ProcessStartException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER))
                .hasMessageContaining("/bin/sh")
                .hasMessageContaining("too long");
    }

    @Test
    void aScriptWithoutItsInterpreterFailsAsInAShell() throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "#!/no/such/interpreter\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        ProcessExit exit = run(ProcessSpec.builder("./script"), recorder);
        assertThat(exit.exitCode()).isEqualTo(OptionalInt.of(127));
        assertThat(exit.stderr().head()).contains("script");
    }

    @Test
    void limitsCutWhatIsPassedOnAndNothingElse() throws Exception {
        OutputLimits limits = new OutputLimits(10, 25, 40);
        Path heard = folder.resolve("heard");
        // Whichever channel is read first gets most of what both may have.
        ProcessExit exit = run(
                shell("echo 0123456789abc; echo short; seq 1 100; while [ ! -e heard ]; do sleep 0.01; done;"
                                + " echo 0123456789abc >&2; echo short >&2")
                        .limits(limits),
                new ProcessListener() {
                    @Override
                    public void line(OutputChannel channel, String line, boolean cut) {
                        recorder.line(channel, line, cut);
                        if (line.equals("2")) {
                            create(heard);
                        }
                    }
                });
        assertThat(exit.successful()).isTrue();
        assertThat(exit.stdout().cut()).isTrue();
        assertThat(exit.stdout().bytes()).isEqualTo(14 + 6 + 292);
        assertThat(exit.stdout().tail()).endsWith("99\n100\n");
        assertThat(recorder.texts(OutputChannel.STDOUT)).startsWith("0123456789", "short", "1", "2");
        assertThat(recorder.lines()).contains(new Recorder.Line(OutputChannel.STDOUT, "0123456789", true));
        long passed = recorder.lines().stream()
                .mapToLong(line -> line.text().length())
                .sum();
        assertThat(passed).isLessThanOrEqualTo(40);
    }

    @Test
    void everythingIsPassedOnAsItIsWhateverTheLimits() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        run(
                shell("seq 1 20000; printf '\\377\\000\\r\\n no end'; echo oops >&2")
                        .limits(new OutputLimits(1, 1, 1)),
                new ProcessListener() {
                    @Override
                    public void printed(OutputChannel channel, ByteBuffer bytes) {
                        assertThat(bytes.isReadOnly()).isTrue();
                        byte[] copy = new byte[bytes.remaining()];
                        bytes.get(copy);
                        (channel == OutputChannel.STDOUT ? out : err).writeBytes(copy);
                    }
                });
        String numbers =
                IntStream.rangeClosed(1, 20_000).mapToObj(n -> n + "\n").collect(Collectors.joining());
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo(numbers + "\u00ff\0\r\n no end");
        assertThat(err.toString(StandardCharsets.ISO_8859_1)).isEqualTo("oops\n");
    }

    @Test
    void aListenerThatThrowsLosesNothing() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        ProcessExit exit = run(shell("seq 1 1000"), new ProcessListener() {
            @Override
            public void line(OutputChannel channel, String line, boolean cut) {
                calls.incrementAndGet();
                throw new AssertionError("listener");
            }
        });
        assertThat(calls).hasValue(1000);
        assertThat(exit.listenerFailures()).isEqualTo(1000);
        assertThat(exit.successful()).isTrue();
        assertThat(exit.stdout().tail()).endsWith("\n1000\n");
    }

    @Test
    void aListenerThatBlocksDoesNotKeepTheProcessFromBeingStopped() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ContainedProcess process = launcher.start(shell("yes").build(), new ProcessListener() {
            @Override
            public void line(OutputChannel channel, String line, boolean cut) {
                entered.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        entered.await();
        long before = System.nanoTime();
        process.terminate(StopCause.CANCELLED);
        ProcessExit exit = process.await();
        ContainmentContract.assertWithin(before, Duration.ZERO, TIMEOUTS.grace().plus(ContainmentContract.LATE));
        assertThat(exit.stdout().cut()).isTrue();
        release.countDown();
    }

    @Test
    void activityIsToldEvenOfWhatIsDropped() throws Exception {
        AtomicInteger activity = new AtomicInteger();
        // Each word is heard before the next is said: two that are read at once are one activity.
        run(
                shell("for i in 1 2 3; do echo $i; while [ ! -e heard$i ]; do sleep 0.01; done; done")
                        .limits(new OutputLimits(1, 1, 1)),
                new ProcessListener() {
                    @Override
                    public void activity() {
                        create(folder.resolve("heard" + activity.incrementAndGet()));
                    }
                });
        assertThat(activity).hasValue(3);
    }

    @Test
    void anInterruptDuringTheStartIsSeenByTheWait() throws Exception {
        Thread.currentThread().interrupt();
        ContainedProcess process = launcher.start(shell("sleep 300").build(), recorder);
        assertThatThrownBy(process::await).isInstanceOf(InterruptedException.class);
        assertThat(process.await().cause()).isEqualTo(StopCause.INTERRUPTED);
    }

    @Test
    void anInterruptAfterTheEndIsSeenByTheWait() throws Exception {
        ContainedProcess process = launcher.start(shell("exit 3").build(), recorder);
        ProcessExit exit = process.await();
        Thread.currentThread().interrupt();
        assertThatThrownBy(process::await).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(process.await()).isSameAs(exit);
    }

    @Test
    void aSecondInterruptTakesTheGrace() throws Exception {
        Duration grace = Duration.ofSeconds(30);
        ContainedProcess process = launcher.start(
                shell("trap 'echo asked' TERM; echo up; while :; do sleep 0.05; done")
                        .timeouts(new ProcessTimeouts(grace, grace, grace))
                        .build(),
                recorder);
        recorder.awaitFirstLine();
        FutureTask<ProcessExit> waiting = new FutureTask<>(process::await);
        Thread thread = new Thread(waiting);
        thread.start();
        thread.interrupt();
        await().until(() -> recorder.texts(OutputChannel.STDOUT).contains("asked"));
        long before = System.nanoTime();
        thread.interrupt();
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(InterruptedException.class);
        ContainmentContract.assertWithin(before, Duration.ZERO, ContainmentContract.LATE);
        assertThat(process.await().end()).isEqualTo(ProcessEnd.KILLED);
    }

    @Test
    void aStopRightAfterTheStartIsNotLost() throws Exception {
        for (int round = 0; round < 50; round++) {
            ContainedProcess process = launcher.start(shell("sleep 300").build(), ProcessListener.none());
            process.kill(StopCause.CANCELLED);
            assertThat(process.await().end()).isEqualTo(ProcessEnd.KILLED);
        }
    }

    @Test
    void manyThreadsMayWaitAndTheFutureTellsTheSame() throws Exception {
        ContainedProcess process = launcher.start(shell("exit 3").build(), recorder);
        ProcessExit exit = process.onExit().get();
        assertThat(process.await()).isSameAs(exit);
        assertThat(process.onExit().cancel(true)).isFalse();
        assertThat(exit.exitCode()).isEqualTo(OptionalInt.of(3));
    }

    @Test
    void closingKillsWhatRuns() throws Exception {
        ContainedProcess process =
                launcher.start(shell("trap '' TERM; echo up; sleep 300").build(), recorder);
        recorder.awaitFirstLine();
        launcher.close();
        assertThat(process.onExit()).isDone();
        assertThat(process.await().cause()).isEqualTo(StopCause.SHUTDOWN);
        assertThatThrownBy(() -> launcher.start(shell("true").build(), recorder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aKeepAliveOutOfRangeIsRefused() {
        assertThatThrownBy(() -> ProcessLauncher.builder().keepAlive(Duration.ofSeconds(2)))
                .hasMessage("keepAlive 'PT2S' must be from 3 seconds to an hour");
    }

    private ProcessSpecBuilder shell(String script) {
        return ProcessSpec.builder("sh", "-c", script)
                .directory(folder)
                .environment(Environment.allowing("PATH"))
                .timeouts(TIMEOUTS);
    }

    private ProcessExit run(ProcessSpecBuilder spec, ProcessListener listener) throws InterruptedException {
        return launcher.start(spec.directory(folder).build(), listener).await();
    }

    private static String cksum(String text) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("cksum").start();
        try (var input = process.getOutputStream()) {
            input.write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        String printed =
                new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        process.waitFor();
        return printed.substring(0, printed.indexOf(' '));
    }

    private static void create(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
