/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Usage;
import dev.ralph.agents.claude.Recordings;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Output that is cut, reordered, doubled, spliced and garbled: whatever comes, there is a typed outcome and no exception. */
class ClaudeTranscriptFuzzTest {

    private static final long SEED = 20_261_125L;
    private static final int CASES = 20_000;

    private static final List<String> VALUES = List.of(
            "null",
            "-1",
            "1e999",
            "-0.0",
            "NaN",
            "99999999999999999999",
            "\"\"",
            "\"\\ud800\"",
            "[]",
            "{}",
            "[[{}]]",
            "true",
            "{\"a\":{\"b\":[1,2]}}",
            "\"result\"",
            "9223372036854775807");

    private final List<List<String>> recordings = Recordings.names().stream()
            .map(Recordings::lines)
            .filter(lines -> !lines.isEmpty())
            .toList();

    @Test
    void everyOutcomeIsTyped() {
        for (int number = 0; number < CASES; number++) {
            long seed = SEED + number;
            Random dice = new Random(seed);
            List<String> lines = new ArrayList<>(pick(recordings, dice));
            int changes = 1 + dice.nextInt(4);
            for (int change = 0; change < changes; change++) {
                change(lines, dice);
            }
            try {
                feed(lines, dice);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + " of " + lines, e);
            }
        }
    }

    private void feed(List<String> lines, Random dice) {
        Grows listener = new Grows();
        ClaudeTranscript transcript = new ClaudeTranscript(listener, InstantSource.system(), null);
        for (String line : lines) {
            transcript.output(line, dice.nextInt(50) == 0);
        }
        int code = dice.nextBoolean() ? dice.nextInt(256) : dice.nextInt(2);
        AgentOutcome outcome = transcript.outcome(TestExit.of(code, !lines.isEmpty(), dice.nextBoolean() ? "x" : ""));

        if (outcome instanceof AgentOutcome.Failed failed) {
            assertThat(failed.message()).isNotBlank().doesNotContain("\n").hasSizeLessThanOrEqualTo(500);
        }
        Usage end = outcome.usage().usage();
        if (end != null) {
            assertThat(end.covers(listener.last)).isTrue();
        }
    }

    private void change(List<String> lines, Random dice) {
        if (lines.isEmpty()) {
            lines.add(pick(pick(recordings, dice), dice));
        }
        int at = dice.nextInt(lines.size());
        String line = lines.get(at);
        switch (dice.nextInt(9)) {
            case 0 -> lines.set(at, line.substring(0, dice.nextInt(line.length() + 1)));
            case 1 -> Collections.shuffle(lines, dice);
            case 2 -> lines.addAll(List.copyOf(lines));
            case 3 -> lines.remove(at);
            case 4 -> lines.set(at, garbled(line, dice));
            case 5 -> lines.set(at, line + pick(lines, dice));
            case 6 -> lines.addAll(at, pick(recordings, dice));
            case 7 -> lines.set(at, withValue(line, dice));
            default -> lines.add(at, pick(VALUES, dice));
        }
    }

    private static String garbled(String line, Random dice) {
        StringBuilder text = new StringBuilder(line);
        for (int i = 0; i < 3 && !text.isEmpty(); i++) {
            text.setCharAt(dice.nextInt(text.length()), (char) dice.nextInt(0x10000));
        }
        return text.toString();
    }

    /** Another value of any type in the place of one. */
    private static String withValue(String line, Random dice) {
        List<Integer> colons = new ArrayList<>();
        for (int i = line.indexOf(':'); i >= 0; i = line.indexOf(':', i + 1)) {
            colons.add(i);
        }
        if (colons.isEmpty()) {
            return line;
        }
        int colon = pick(colons, dice);
        int end = colon + 1;
        while (end < line.length() && ",}]".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return line.substring(0, colon + 1) + pick(VALUES, dice) + line.substring(end);
    }

    private static <T> T pick(List<T> from, Random dice) {
        return from.get(dice.nextInt(from.size()));
    }

    private static final class Grows implements AgentListener {

        private Usage last = Usage.ZERO;

        @Override
        public void text(String text) {
            assertThat(text).isNotNull();
        }

        @Override
        public void toolCalled(String tool, String summary) {
            assertThat(summary).doesNotContain("\n").hasSizeLessThanOrEqualTo(200);
        }

        @Override
        public void toolReturned(String tool, boolean ok, String summary) {
            assertThat(summary).doesNotContain("\n").hasSizeLessThanOrEqualTo(250);
        }

        @Override
        public void usage(UsageReport report) {
            Usage now = Objects.requireNonNull(report.usage());
            assertThat(now.covers(last)).isTrue();
            last = now;
        }
    }
}
