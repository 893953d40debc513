/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import dev.ralph.agents.claude.internal.ClaudeTranscript;
import java.io.IOException;
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

    private final RecordedOutput output = RecordedOutput.of("/claude-stream.jsonl");

    /** All tokens of the same lines, looking at none. */
    @Benchmark
    public int jacksonLines() throws IOException {
        return output.tokensOfLines();
    }

    /** All tokens of the same bytes in one go, looking at none: what nobody can do while lines still come. */
    @Benchmark
    public int jacksonAtOnce() throws IOException {
        return output.tokensOfAll();
    }

    /** Lines to what a run hears and the session that is left. */
    @Benchmark
    public int transcript() {
        RecordedOutput.Sink sink = new RecordedOutput.Sink();
        ClaudeTranscript transcript = new ClaudeTranscript(sink, InstantSource.system(), null);
        output.read(transcript);
        return sink.heard() + Objects.requireNonNull(transcript.session()).id().length();
    }
}
