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

    /** What is kept of an end without lines and words. */
    private static final int WITHOUT_LINES = OutputCapture.KEPT - OutputCapture.MOST_LEFT_OUT;

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
        assertThat(summary.tail()).isEqualTo(all.substring(all.length() - WITHOUT_LINES));
    }

    @Test
    void anEndThatIsCutBeginsWithALineOrAWordSoThatNoPartOfASecretIsLeft() {
        String rest = "x".repeat(OutputCapture.KEPT - 20);
        for (String between : new String[] {"\n", " ", " word\n", "\t"}) {
            OutputCapture one = new OutputCapture();
            byte[] text = ("a-secret-that-is-cut" + between + rest).getBytes(StandardCharsets.UTF_8);
            one.add(text, text.length);
            assertThat(one.summary().tail()).as("after '%s'", between).isEqualTo(rest);
        }
    }

    @Test
    void charactersThatTheWindowsBreakAreLeftOut() {
        add("€".repeat(OutputCapture.KEPT));
        assertThat(capture.summary().head()).isEqualTo("€".repeat(OutputCapture.KEPT / 3));
        assertThat(capture.summary().tail()).isEqualTo("€".repeat(WITHOUT_LINES / 3));
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
