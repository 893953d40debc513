/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.process.OutputChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What was printed waits in bounded memory, and what does not fit is counted. */
class OutputBufferTest {

    private static final int CHUNK = 64 * 1024;

    @Test
    void whatIsWithinTheLimitIsWrittenWhole() {
        OutputBuffer buffer = new OutputBuffer(10, Duration.ZERO);

        assertThat(buffer.add(printed("12345"))).as("a writer is needed").isTrue();
        assertThat(buffer.add(printed("67890"))).as("another writer is needed").isFalse();
        buffer.end();

        assertThat(written(buffer)).containsExactly("12345", "67890", "end");
        assertThat(buffer.cut()).isFalse();
        assertThat(buffer.printed()).isEqualTo(10);
    }

    @Test
    void ofWhatIsBeyondTheLimitTheEndIsWrittenAndTheRestCounted() {
        OutputBuffer buffer = new OutputBuffer(10, Duration.ZERO);
        buffer.add(printed("1234567890"));
        for (int i = 0; i < 5; i++) {
            buffer.add(printed(Integer.toString(i).repeat(OutputBuffer.TAIL)));
        }
        buffer.end();

        assertThat(written(buffer))
                .containsExactly(
                        "1234567890", "missing " + 4 * OutputBuffer.TAIL, "4".repeat(OutputBuffer.TAIL), "end");
        assertThat(buffer.cut()).isTrue();
        assertThat(buffer.printed()).isEqualTo(10 + 5 * OutputBuffer.TAIL);
    }

    @Test
    void aLittleBeyondTheLimitNothingIsMissing() {
        OutputBuffer buffer = new OutputBuffer(10, Duration.ZERO);
        buffer.add(printed("1234567890"));
        buffer.add(printed("more"));
        buffer.add(printed("and more"));
        buffer.end();

        assertThat(written(buffer)).containsExactly("1234567890", "more", "and more", "end");
        assertThat(buffer.cut()).isFalse();
    }

    @Test
    void whoeverPrintsWaitsForTheWriterAndLosesNothing() throws Exception {
        int chunks = 1_000;
        OutputBuffer buffer = new OutputBuffer(Long.MAX_VALUE, Duration.ofMinutes(1));
        CompletableFuture<Void> printing = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < chunks; i++) {
                buffer.add(new OutputEntry.Printed(OutputChannel.STDOUT, new byte[CHUNK]));
            }
            buffer.end();
        });

        long bytes = 0;
        OutputEntry entry = null;
        while (!(entry instanceof OutputEntry.End)) {
            entry = buffer.next();
            bytes += entry instanceof OutputEntry.Printed some ? some.bytes().length : 0;
        }
        printing.get(1, TimeUnit.MINUTES);

        assertThat(bytes).isEqualTo((long) chunks * CHUNK);
        assertThat(buffer.cut()).isFalse();
    }

    @Test
    void whenPatienceIsUsedUpMemoryIsBoundedAndWhatIsMissingIsCounted() {
        OutputBuffer buffer = new OutputBuffer(Long.MAX_VALUE, Duration.ofMillis(20));
        for (int i = 0; i < 1_000; i++) {
            buffer.add(new OutputEntry.Printed(OutputChannel.STDOUT, new byte[CHUNK]));
        }
        buffer.end();

        long held = 0;
        long missing = 0;
        for (OutputEntry entry = buffer.next(); entry != null; entry = buffer.next()) {
            held += entry instanceof OutputEntry.Printed some ? some.bytes().length : 0;
            missing += entry instanceof OutputEntry.Missing some ? some.bytes() : 0;
        }
        assertThat(held).isLessThan(5 << 20);
        assertThat(held + missing).isEqualTo(1_000L * CHUNK);
        assertThat(buffer.cut()).isTrue();
    }

    @Test
    void manySmallPiecesTakeNoMoreMemoryThanFewLargeOnes() {
        OutputBuffer buffer = new OutputBuffer(200_000, Duration.ZERO);
        for (int i = 0; i < 1_000_000; i++) {
            buffer.add(printed("x"));
        }
        buffer.end();

        assertThat(written(buffer)).hasSizeLessThan(2 * (4 << 20) / 64 + 2);
    }

    @Test
    void whatNobodyWantsIsForgotten() {
        OutputBuffer buffer = new OutputBuffer(10, Duration.ZERO);
        buffer.add(printed("12345"));
        buffer.abandon();
        buffer.add(printed("67890"));
        buffer.end();

        assertThat(written(buffer)).containsExactly("abandoned");
        assertThat(buffer.printed()).isEqualTo(10);
    }

    private static OutputEntry.Printed printed(String text) {
        return new OutputEntry.Printed(OutputChannel.STDOUT, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> written(OutputBuffer buffer) {
        List<String> written = new ArrayList<>();
        for (OutputEntry entry = buffer.next(); entry != null; entry = buffer.next()) {
            if (entry instanceof OutputEntry.Printed printed) {
                written.add(new String(printed.bytes(), StandardCharsets.UTF_8));
            } else if (entry instanceof OutputEntry.Missing missing) {
                written.add("missing " + missing.bytes());
            } else {
                written.add(entry instanceof OutputEntry.End ? "end" : "abandoned");
            }
        }
        return written;
    }
}
