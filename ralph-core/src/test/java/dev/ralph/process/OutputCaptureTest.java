/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputCaptureTest {

    private static final long SEED = 20261123;

    private final OutputCapture capture = new OutputCapture();

    @Test
    void aShortStreamIsHeadAndTail() {
        add("hello ");
        add("wörld\n");
        capture.countLine(false);
        assertThat(capture.summary()).isEqualTo(new OutputSummary(13, 1, false, "hello wörld\n", "hello wörld\n"));
    }

    @Test
    void aLongStreamKeepsItsBeginningAndItsEndHoweverItIsCutIntoChunks() {
        Random random = new Random(SEED);
        StringBuilder all = new StringBuilder();
        while (all.length() < 10 * OutputCapture.KEPT) {
            String chunk = String.valueOf((char) ('a' + random.nextInt(26))).repeat(random.nextInt(20_000));
            all.append(chunk);
            add(chunk);
        }
        OutputSummary summary = capture.summary();
        assertThat(summary.bytes()).isEqualTo(all.length());
        assertThat(summary.head()).isEqualTo(all.substring(0, OutputCapture.KEPT));
        assertThat(summary.tail()).isEqualTo(all.substring(all.length() - OutputCapture.KEPT));
    }

    @Test
    void charactersThatTheWindowsBreakAreLeftOut() {
        add("€".repeat(OutputCapture.KEPT));
        String kept = "€".repeat(OutputCapture.KEPT / 3);
        assertThat(capture.summary().head()).isEqualTo(kept);
        assertThat(capture.summary().tail()).isEqualTo(kept);
    }

    @Test
    void cutsAreRemembered() {
        capture.countLine(true);
        capture.countLine(false);
        assertThat(capture.summary().cut()).isTrue();
        assertThat(capture.summary().lines()).isEqualTo(2);
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        capture.add(bytes, bytes.length);
    }
}
