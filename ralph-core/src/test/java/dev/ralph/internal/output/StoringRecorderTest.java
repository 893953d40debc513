/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ralph.ArtifactException;
import dev.ralph.OutputRecord;
import dev.ralph.internal.output.FaultyArtifacts.At;
import dev.ralph.internal.worker.Redactor;
import dev.ralph.process.OutputChannel;
import dev.ralph.spi.ArtifactId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** An artifact store that fails, hangs or is slow costs its output, and nothing else. */
class StoringRecorderTest {

    private static final ArtifactId ID = Written.ID;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    /** A long line that hardly gets smaller. */
    private static final String NOISE = new SplittableRandom(1)
                    .ints(1_000_000, '!', '~' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            + "\n";

    private final ExecutorService background = Executors.newCachedThreadPool();
    private final Logger log = (Logger) LoggerFactory.getLogger(StoringRecorder.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        log.addAppender(logged);
    }

    @AfterEach
    void end() {
        log.detachAppender(logged);
        background.shutdownNow();
    }

    @Test
    void whatIsPrintedIsKeptAndRead() {
        FaultyArtifacts store = new FaultyArtifacts(at -> {});
        StoringRecorder recorder = recorder(store, LONG, LONG);
        print(recorder, "one\ntwo\n");

        OutputRecord record = recorder.finish();
        recorder.close();

        assertThat(record).isEqualTo(OutputRecord.kept(ID.name(), 8, false));
        assertThat(store.committed()).containsExactly(ID);
        assertThat(store.dropped()).isZero();
        assertThat(copy(store, record)).isEqualTo("one\ntwo\n");
    }

    @Test
    void whereNothingIsPrintedNothingIsStored() {
        FaultyArtifacts store = new FaultyArtifacts(at -> {
            throw new AssertionError("nobody asks the store: " + at);
        });

        assertThat(recorder(store, LONG, LONG).finish()).isEqualTo(OutputRecord.NOTHING);
    }

    @ParameterizedTest
    @EnumSource(
            value = At.class,
            names = {"CREATE", "WRITE", "COMMIT"})
    void aStoreThatFailsIsAskedOnceAndTheRecordSaysSo(At fails) {
        FaultyArtifacts store = new FaultyArtifacts(at -> {
            if (at == fails) {
                throw new ArtifactException("no space left on the device");
            }
        });
        StoringRecorder recorder = recorder(store, LONG, LONG);
        for (int i = 0; i < 10; i++) {
            print(recorder, NOISE);
        }

        OutputRecord record = recorder.finish();
        recorder.close();

        assertThat(record).isEqualTo(OutputRecord.notKept(10_000_010));
        assertThat(record.lost()).isTrue();
        assertThat(store.committed()).isEmpty();
        assertThat(store.dropped()).isEqualTo(fails == At.CREATE ? 0 : 1);
        assertThat(messages()).singleElement().asString().contains("not kept", "no space left", ID.name());
    }

    @Test
    void aBugOfTheStoreIsNoFailureOfTheRunAndItsMessageIsNotLogged() {
        FaultyArtifacts store = new FaultyArtifacts(at -> {
            throw new IllegalStateException("the output says hello");
        });
        StoringRecorder recorder = recorder(store, LONG, LONG);
        print(recorder, "hello\n");

        assertThat(recorder.finish()).isEqualTo(OutputRecord.notKept(6));
        recorder.close();
        assertThat(messages())
                .singleElement()
                .asString()
                .contains("IllegalStateException")
                .doesNotContain("hello");
    }

    @Test
    void aStoreThatHangsHoldsNobodyUpForLongAndIsNotCommittedOnceItGoesOn() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        FaultyArtifacts store = new FaultyArtifacts(at -> {
            if (at == At.WRITE) {
                hangs.countDown();
                awaitUninterruptibly(goesOn);
            }
        });
        StoringRecorder recorder = recorder(store, SHORT, SHORT);
        for (int i = 0; i < 10; i++) {
            print(recorder, NOISE);
        }
        hangs.await();

        assertThat(recorder.finish()).isEqualTo(OutputRecord.notKept(10_000_010));
        goesOn.countDown();
        store.awaitDrop();

        assertThat(store.committed()).isEmpty();
        assertThat(messages()).singleElement().asString().contains("did not take the rest");
    }

    @Test
    void aStoreThatIsTooSlowKeepsTheBeginningAndTheEnd() {
        CountDownLatch goesOn = new CountDownLatch(1);
        FaultyArtifacts store = new FaultyArtifacts(at -> {
            if (at == At.CREATE) {
                awaitUninterruptibly(goesOn);
            }
        });
        StoringRecorder recorder = recorder(store, SHORT, LONG);
        for (int i = 0; i < 10; i++) {
            print(recorder, NOISE);
        }
        print(recorder, "the end\n");
        goesOn.countDown();

        OutputRecord record = recorder.finish();

        assertThat(record).isEqualTo(OutputRecord.kept(ID.name(), 10_000_018, true));
        assertThat(copy(store, record))
                .startsWith(NOISE)
                .endsWith(NOISE.substring(NOISE.length() - 1000) + "the end\n")
                .containsPattern("\\[… [0-9]+ bytes are missing here]")
                .hasSizeBetween(1_000_000, 6_000_000);
        assertThat(messages()).isEmpty();
    }

    @Test
    void aSlowStoreThatKeepsUpLosesNothing() {
        FaultyArtifacts store = new FaultyArtifacts(at -> Thread.onSpinWait());
        StoringRecorder recorder = recorder(store, LONG, LONG);
        for (int i = 0; i < 10; i++) {
            print(recorder, NOISE);
        }

        OutputRecord record = recorder.finish();

        assertThat(record).isEqualTo(OutputRecord.kept(ID.name(), 10_000_010, false));
        assertThat(copy(store, record)).hasSize(10_000_010);
    }

    @Test
    void bothChannelsAtOnceLoseNothing() throws Exception {
        FaultyArtifacts store = new FaultyArtifacts(at -> {});
        StoringRecorder recorder = recorder(store, LONG, LONG);
        CompletableFuture<Void> out = CompletableFuture.runAsync(() -> printMany(recorder, OutputChannel.STDOUT));
        CompletableFuture<Void> err = CompletableFuture.runAsync(() -> printMany(recorder, OutputChannel.STDERR));
        CompletableFuture.allOf(out, err).get(1, TimeUnit.MINUTES);

        OutputRecord record = recorder.finish();

        List<String> lines = copy(store, record).lines().toList();
        for (OutputChannel channel : OutputChannel.values()) {
            assertThat(lines.stream().filter(line -> line.startsWith(channel.name())))
                    .hasSize(20_000)
                    .isSorted();
        }
    }

    @Test
    void anAttemptThatIsGivenUpLeavesNothing() throws Exception {
        CountDownLatch created = new CountDownLatch(1);
        FaultyArtifacts store = new FaultyArtifacts(at -> created.countDown());
        StoringRecorder recorder = recorder(store, LONG, LONG);
        print(recorder, "hello\n");
        created.await();
        recorder.close();
        store.awaitDrop();

        print(recorder, "too late\n");

        assertThat(store.committed()).isEmpty();
        assertThat(messages()).isEmpty();
    }

    @Test
    void anInterruptedThreadDoesNotWaitAndStaysInterrupted() {
        CountDownLatch goesOn = new CountDownLatch(1);
        FaultyArtifacts store = new FaultyArtifacts(at -> awaitUninterruptibly(goesOn));
        StoringRecorder recorder = recorder(store, LONG, LONG);
        print(recorder, "hello\n");
        Thread.currentThread().interrupt();

        assertThat(recorder.finish()).isEqualTo(OutputRecord.notKept(6));
        assertThat(Thread.interrupted()).isTrue();
        goesOn.countDown();
    }

    @Test
    void aNodeThatIsClosingKeepsNothingAndGoesOn() {
        FaultyArtifacts store = new FaultyArtifacts(at -> {});
        StoringRecorder recorder = recorder(store, LONG, LONG);
        print(recorder, "hello\n");
        Executor refuses = task -> {
            throw new RejectedExecutionException();
        };
        StoringRecorder late = new StoringRecorder(
                store, ID, Redactor.ofValues(), refuses, new OutputBounds(Long.MAX_VALUE, LONG, LONG));
        print(late, "hello\n");

        assertThat(late.finish()).isEqualTo(OutputRecord.notKept(6));
        assertThat(recorder.finish().lost()).isFalse();
    }

    private StoringRecorder recorder(FaultyArtifacts store, Duration heldUp, Duration lastWrite) {
        return new StoringRecorder(
                store, ID, Redactor.ofValues(), background, new OutputBounds(Long.MAX_VALUE, heldUp, lastWrite));
    }

    private List<String> messages() {
        return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static void print(StoringRecorder recorder, String text) {
        recorder.printed(OutputChannel.STDOUT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void printMany(StoringRecorder recorder, OutputChannel channel) {
        for (int i = 0; i < 20_000; i++) {
            String line = String.format("%s %06d%n", channel, i);
            recorder.printed(channel, ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String copy(FaultyArtifacts store, OutputRecord record) {
        StringBuilder text = new StringBuilder();
        try (StoredOutput output = new StoredOutput(ID, record, store.open(ID).orElseThrow())) {
            output.copyTo(text);
        }
        return text.toString();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
