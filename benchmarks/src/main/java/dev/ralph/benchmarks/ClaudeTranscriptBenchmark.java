/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.ralph.agents.claude.internal.ClaudeTranscript;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.UsageReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reads about 4 MB of what Claude's client prints: as Ralph does, and as Jackson does that only looks at the tokens. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ClaudeTranscriptBenchmark {

    private static final int BYTES = 4_000_000;

    private final JsonFactory factory = new JsonFactory();
    private final byte[] output = output();

    /** All tokens of the same bytes, looking at none. */
    @Benchmark
    public int jacksonTokens() throws IOException {
        int tokens = 0;
        try (JsonParser parser = factory.createParser(output)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    /** Bytes to lines, lines to what a run hears and the session that is left. */
    @Benchmark
    public int transcript() {
        Sink sink = new Sink();
        ClaudeTranscript transcript = new ClaudeTranscript(sink, InstantSource.system(), null);
        int start = 0;
        for (int index = 0; index < output.length; index++) {
            if (output[index] == '\n') {
                transcript.output(new String(output, start, index - start, StandardCharsets.UTF_8), false);
                start = index + 1;
            }
        }
        return sink.heard + Objects.requireNonNull(transcript.session()).id().length();
    }

    private static byte[] output() {
        try (InputStream recording =
                ClaudeTranscriptBenchmark.class.getResourceAsStream("/claude-stream.jsonl")) {
            byte[] once = Objects.requireNonNull(recording, "claude-stream.jsonl").readAllBytes();
            ByteArrayOutputStream all = new ByteArrayOutputStream(BYTES + once.length);
            while (all.size() < BYTES) {
                all.writeBytes(once);
            }
            return all.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Sink implements AgentListener {

        private int heard;

        @Override
        public void text(String text) {
            heard += text.length();
        }

        @Override
        public void toolCalled(String tool, String summary) {
            heard += summary.length();
        }

        @Override
        public void toolReturned(String tool, boolean ok, String summary) {
            heard += summary.length();
        }

        @Override
        public void usage(UsageReport report) {
            heard++;
        }
    }
}
