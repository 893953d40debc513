/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is printed, in whatever order, comes to a typed outcome and never to an exception. */
class GeminiTranscriptFuzzTest {

    private static final int ROUNDS = 4_000;
    private static final int[] CODES = {0, 1, 41, 42, 53, 130, 137, 143, 144, 173, 247, 255};
    private static final List<String> MALFORMED = List.of(
            "",
            "null",
            "[]",
            "{",
            "}",
            "\"text\"",
            "{\"type\":null}",
            "{\"type\":{\"type\":\"result\"}}",
            "{\"type\":\"result\",\"status\":{}}",
            "{\"type\":\"result\",\"status\":\"error\",\"error\":[]}",
            "{\"type\":\"result\",\"status\":\"error\",\"error\":{\"message\":\"[API Error: \"}}",
            "{\"type\":\"result\",\"status\":\"error\",\"error\":{\"message\":\"[API Error: {\\\"error\\\":{\\\"code\\\":1e99,"
                    + "\\\"details\\\":[[],{\\\"retryDelay\\\":\\\"999999999.999999999s\\\"},{\\\"retryDelay\\\":3},\\\"x\\\"]}}]\"}}",
            "{\"type\":\"result\",\"status\":\"success\",\"stats\":{\"models\":{\"\":{},\"x\":7,\"y\":{\"total_tokens\":9223372036854775807,"
                    + "\"input_tokens\":9223372036854775807,\"output_tokens\":9223372036854775807,\"cached\":9223372036854775807}}}}",
            "{\"type\":\"result\",\"status\":\"success\",\"stats\":{\"total_tokens\":NaN,\"input_tokens\":-1,\"output_tokens\":1e5,\"cached\":\"7\"}}",
            "{\"type\":\"tool_result\"}",
            "{\"type\":\"tool_use\",\"parameters\":{\"command\":[\"a\",{\"b\":1}]}}",
            "{\"type\":\"message\",\"role\":\"assistant\",\"content\":null}",
            "{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"text\":\"x\"}]}",
            "\uFEFF{\"type\":\"init\"}",
            "\u0000\uFFFF\uD800",
            "{\"type\":\"error\",\"message\":\"" + "x".repeat(100_000) + "\"}",
            "{\"a\":".repeat(5_000));

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_125, 99_991})
    void mutatedRecordingsComeToAnOutcome(long seed) throws Exception {
        List<List<String>> recordings = recordings();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<String> lines = mutated(recordings.get(random.nextInt(recordings.size())), random);
            int code = CODES[random.nextInt(CODES.length)];
            AgentOutcome outcome = read(lines, random, code, lines.get(random.nextInt(lines.size())));

            String where = "seed " + seed + ", round " + round;
            assertThat(outcome).as(where).isNotNull();
            assertThat(outcome.usage()).as(where).isNotNull();
            if (outcome instanceof AgentOutcome.Failed failed) {
                assertThat(failed.message())
                        .as(where)
                        .isNotBlank()
                        .doesNotContain("\n")
                        .hasSizeLessThanOrEqualTo(800);
                assertThat(failed.retryAfter() == null || !failed.retryAfter().isNegative())
                        .as(where)
                        .isTrue();
            }
        }
    }

    @Test
    void aTextOfAHundredMegabytesIsCut() {
        GeminiTranscript transcript = new GeminiTranscript(new Deaf(), GeminiPrices.builtIn(), InstantSource.system());
        String line = "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"" + "x".repeat(100_000_000)
                + "\",\"delta\":true}";

        transcript.output(line, false);
        transcript.output("{\"type\":\"result\",\"status\":\"success\"}", false);

        AgentOutcome.Finished finished = (AgentOutcome.Finished) transcript.outcome(Exits.of(0));
        assertThat(finished.result()).hasSizeLessThanOrEqualTo(1 << 20);
        assertThat(finished.cut()).isTrue();
        assertThat(finished.usage()).isEqualTo(UsageReport.UNKNOWN);
    }

    private static AgentOutcome read(List<String> lines, Random random, int code, String errors) {
        GeminiTranscript transcript = new GeminiTranscript(new Deaf(), GeminiPrices.builtIn(), InstantSource.system());
        for (String line : lines) {
            transcript.output(line, random.nextInt(20) == 0);
            transcript.concluded();
        }
        return transcript.outcome(Exits.of(code, errors));
    }

    private static List<String> mutated(List<String> recording, Random random) {
        List<String> lines = new ArrayList<>(recording);
        int mutations = random.nextInt(6);
        for (int i = 0; i < mutations; i++) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            switch (random.nextInt(7)) {
                case 0 -> lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
                case 1 -> Collections.shuffle(lines, random);
                case 2 -> lines.add(random.nextInt(lines.size() + 1), line);
                case 3 -> lines.add(at, MALFORMED.get(random.nextInt(MALFORMED.size())));
                case 4 -> lines.set(at, flipped(line, random));
                case 5 -> lines.set(at, line + lines.get(random.nextInt(lines.size())));
                default -> {
                    if (lines.size() > 1) {
                        lines.remove(at);
                    }
                }
            }
        }
        return lines;
    }

    private static String flipped(String line, Random random) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1 + bytes.length / 50 && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<List<String>> recordings() throws Exception {
        URL folder = Objects.requireNonNull(GeminiTranscriptFuzzTest.class.getResource("/recordings"));
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            List<List<String>> all = new ArrayList<>();
            for (Path file : files.filter(file -> file.toString().endsWith(".stdout"))
                    .sorted()
                    .toList()) {
                List<String> lines = Files.readAllLines(file);
                if (!lines.isEmpty()) {
                    all.add(lines);
                }
            }
            return all;
        }
    }
}
