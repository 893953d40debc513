/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import dev.ralph.agent.cli.PriceTable;
import dev.ralph.agents.gemini.internal.GeminiPrices;
import dev.ralph.agents.gemini.internal.GeminiTranscript;
import java.io.IOException;
import java.time.InstantSource;
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

/** Reads about 4 MB of what Gemini's client prints: as Ralph does, and as Jackson does that only looks at the tokens. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class GeminiTranscriptBenchmark {

    private final RecordedOutput output = RecordedOutput.of("/gemini-stream.jsonl");
    private final PriceTable prices = GeminiPrices.builtIn();

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

    /** Lines to what a run hears. */
    @Benchmark
    public int transcript() {
        RecordedOutput.Sink sink = new RecordedOutput.Sink();
        GeminiTranscript transcript = new GeminiTranscript(sink, prices, InstantSource.system());
        output.read(transcript);
        return sink.heard() + (transcript.concluded() ? 1 : 0);
    }
}
