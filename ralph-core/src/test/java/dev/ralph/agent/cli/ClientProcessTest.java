/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.InvalidValueException;
import dev.ralph.Usage;
import dev.ralph.process.Environment;
import dev.ralph.process.OutputChannel;
import dev.ralph.process.ProcessExit;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.process.ProcessSpec;
import dev.ralph.process.ProcessStartException;
import dev.ralph.process.ProcessTimeouts;
import dev.ralph.process.StopCause;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientProcessTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofMillis(200);

    /** Longer than a client takes to say its first word. */
    private static final Duration SOON = Duration.ofSeconds(3);

    /** Longer than a client takes from one word to the next. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private static final UsageReport USED = new UsageReport(new Usage(1, 2, 3, 4), Cost.UNKNOWN);

    private static final AgentListener HEARS = new Silent();

    private final ProcessLauncher processes = ProcessLauncher.create();

    @TempDir
    Path folder;

    @AfterAll
    void close() {
        processes.close();
    }

    @Test
    void theTranscriptReadsStandardOutputAndIsAskedAtTheEnd() throws Exception {
        Words words = new Words();

        AgentOutcome outcome = run("echo one; echo oops >&2; echo two; exit 3", words, SHORT);

        assertThat(words.lines).containsExactly("one", "two");
        assertThat(outcome).isEqualTo(new AgentOutcome.Finished("EXITED 3 null oops", false, USED));
    }

    @Test
    void whatEitherChannelPrintsIsHandedOnAsItIs() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        AgentListener hears = new Silent() {
            @Override
            public synchronized void printed(OutputChannel channel, ByteBuffer bytes) {
                printed.writeBytes((channel + " ").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    printed.write(bytes.get());
                }
                if (channel == OutputChannel.STDOUT) {
                    create("heard");
                }
            }
        };
        ProcessSpec spec = spec(
                "printf 'one\\r\\n'; while [ ! -e heard ]; do sleep 0.01; done; printf oops >&2",
                new ProcessTimeouts(LONG, LONG, SHORT));

        ClientProcess.run(processes, spec, new Words(), hears, SHORT);

        assertThat(printed).hasToString("STDOUT one\r\nSTDERR oops");
    }

    @Test
    void aClientThatLingersAfterItsResultIsEndedAndHasFinished() throws Exception {
        long start = System.nanoTime();

        AgentOutcome outcome = run("echo done; sleep 60", new Words(), SHORT);

        assertThat(((AgentOutcome.Finished) outcome).result())
                .startsWith("TERMINATED")
                .contains("LINGERED");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, Duration.ofSeconds(20));
    }

    @Test
    void whatItPrintsWhileItIsBeingEndedForLingeringTakesNothingBack() throws Exception {
        Words words = new Words();

        AgentOutcome outcome =
                run("trap 'echo more; exit 0' TERM; echo done; while :; do sleep 0.05; done", words, SHORT);

        assertThat(words.lines).containsExactly("done");
        assertThat(outcome).isInstanceOf(AgentOutcome.Finished.class);
    }

    @Test
    void aClientThatGoesOnAfterAResultIsLeftAlone() throws Exception {
        Words words = new Words();
        // Both words at once: it goes on well before it would linger.
        String script = "printf 'done\\nmore\\n'; while [ ! -e go ]; do sleep 0.05; done; echo done";
        CompletableFuture<AgentOutcome> outcome =
                inBackground(script, new ProcessTimeouts(LONG, LONG, SHORT), words, LINGER);
        Awaitility.await().atMost(LONG).until(() -> words.lines.size() == 2);

        Awaitility.await("longer than it may linger")
                .during(LINGER.plus(SHORT))
                .atMost(LONG)
                .until(() -> !outcome.isDone());
        create("go");

        assertThat(outcome.get(60, TimeUnit.SECONDS))
                .isEqualTo(new AgentOutcome.Finished("EXITED 0 null ", false, USED));
        assertThat(words.lines).containsExactly("done", "more", "done");
    }

    @Test
    void aClientThatStillPrintsAfterItsResultDoesNotLinger() throws Exception {
        Words words = new Words();
        String script = "echo done; for i in 1 2 3 4 5 6; do sleep 0.4; echo ' '; done";

        AgentOutcome outcome = run(script, words, LINGER);

        assertThat(((AgentOutcome.Finished) outcome).result()).startsWith("EXITED 0 null");
        assertThat(words.lines).hasSize(7);
    }

    @Test
    void aTimeoutAfterTheResultIsNoFailure() throws Exception {
        String script = "echo done; sleep 60";
        CompletableFuture<AgentOutcome> wall =
                inBackground(script, new ProcessTimeouts(SOON, LONG, SHORT), new Words(), LONG);
        CompletableFuture<AgentOutcome> idle =
                inBackground(script, new ProcessTimeouts(LONG, SOON, SHORT), new Words(), LONG);

        assertThat(((AgentOutcome.Finished) wall.get(60, TimeUnit.SECONDS)).result())
                .contains("WALL_TIMEOUT");
        assertThat(((AgentOutcome.Finished) idle.get(60, TimeUnit.SECONDS)).result())
                .contains("IDLE_TIMEOUT");
    }

    @Test
    void atATimeoutBeforeTheResultTheTranscriptIsNotAskedButForUsage() throws Exception {
        String script = "echo working; sleep 60";
        CompletableFuture<AgentOutcome> wall =
                inBackground(script, new ProcessTimeouts(SOON, LONG, SHORT), new Words(), SHORT);
        CompletableFuture<AgentOutcome> idle =
                inBackground(script, new ProcessTimeouts(LONG, SOON, SHORT), new Words(), SHORT);

        assertThat((AgentOutcome.Failed) wall.get(60, TimeUnit.SECONDS))
                .extracting(AgentOutcome.Failed::failure, AgentOutcome.Failed::usage)
                .containsExactly(FailureClass.TIMEOUT, USED);
        assertThat((AgentOutcome.Failed) idle.get(60, TimeUnit.SECONDS))
                .extracting(AgentOutcome.Failed::failure, AgentOutcome.Failed::usage)
                .containsExactly(FailureClass.IDLE, USED);
    }

    @Test
    void anInterruptEndsTheClientAlsoWhileItLingers() throws Exception {
        Words words = new Words();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                run("echo done; touch begun; sleep 60", words, LONG);
                thrown.complete(new AssertionError("it returned"));
            } catch (Throwable e) {
                thrown.complete(e);
            }
        });
        thread.start();
        Awaitility.await().until(() -> Files.exists(folder.resolve("begun")));

        thread.interrupt();

        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aTranscriptThatThrowsStillLetsAConcludedClientEnd() throws Exception {
        Words words = new Words() {
            @Override
            public void output(String line, boolean cut) {
                super.output(line, cut);
                throw new IllegalStateException("broken");
            }
        };

        AgentOutcome outcome = run("echo done; sleep 60", words, SHORT);

        assertThat(((AgentOutcome.Finished) outcome).result()).contains("LINGERED");
    }

    @Test
    void whatCannotBeStartedThrows() {
        ProcessSpec missing =
                ProcessSpec.builder("/no/such/program").directory(folder).build();

        assertThatExceptionOfType(ProcessStartException.class)
                .isThrownBy(() -> ClientProcess.run(processes, missing, new Words(), HEARS, SHORT))
                .satisfies(
                        e -> assertThat(ClientOutcomes.notStarted(e).failure()).isEqualTo(FailureClass.NOT_INSTALLED));
    }

    @Test
    void aNegativeLingerIsRefused() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> run("true", new Words(), Duration.ofMillis(-1)))
                .withMessageContaining("linger");
    }

    private AgentOutcome run(String script, Words words, Duration linger) throws InterruptedException {
        return ClientProcess.run(processes, spec(script, new ProcessTimeouts(LONG, LONG, SHORT)), words, HEARS, linger);
    }

    private CompletableFuture<AgentOutcome> inBackground(
            String script, ProcessTimeouts timeouts, Words words, Duration linger) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return ClientProcess.run(processes, spec(script, timeouts), words, HEARS, linger);
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
    }

    private ProcessSpec spec(String script, ProcessTimeouts timeouts) {
        return ProcessSpec.builder("sh", "-c", script)
                .directory(folder)
                .environment(Environment.allowing("PATH"))
                .timeouts(timeouts)
                .build();
    }

    private void create(String file) {
        try {
            Files.createFile(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Concludes with {@code done}, and goes on with any other word. */
    private static class Words implements ClientTranscript {

        final List<String> lines = new CopyOnWriteArrayList<>();
        private boolean concluded;

        @Override
        public void output(String line, boolean cut) {
            lines.add(line);
            concluded = line.isBlank() ? concluded : line.equals("done");
        }

        @Override
        public boolean concluded() {
            return concluded;
        }

        @Override
        public AgentOutcome outcome(ProcessExit exit) {
            StopCause cause = exit.cause();
            String code = exit.exitCode().isPresent() ? " " + exit.exitCode().getAsInt() : "";
            String text = exit.end() + code + " " + cause + " " + ClientOutcomes.lastErrorLine(exit);
            return ClientOutcomes.finished(text, false, USED);
        }

        @Override
        public UsageReport usage() {
            return USED;
        }
    }

    private static class Silent implements AgentListener {
        @Override
        public void text(String text) {}

        @Override
        public void toolCalled(String tool, String summary) {}

        @Override
        public void toolReturned(String tool, boolean ok, String summary) {}

        @Override
        public void usage(UsageReport report) {}
    }
}
