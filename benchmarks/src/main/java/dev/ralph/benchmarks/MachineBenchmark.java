/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import dev.ralph.Cost;
import dev.ralph.Limits;
import dev.ralph.RunId;
import dev.ralph.RunSpec;
import dev.ralph.Usage;
import dev.ralph.internal.machine.Decision;
import dev.ralph.internal.machine.LoopMachine;
import dev.ralph.internal.machine.LoopState;
import dev.ralph.internal.machine.Metered;
import dev.ralph.internal.machine.Outcome;
import dev.ralph.internal.machine.OutputSketch;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One step of the machine: a decision and the application of what came of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MachineBenchmark {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int STEPS = 2;

    private final RunSpec spec = RunSpec.prompt("Make the tests pass")
            .workspace(Path.of("/tmp"))
            .agent("a", "b", "c")
            .limits(Limits.builder().maxTokens(1_000_000L).maxCost("50").build())
            .build();
    private final LoopMachine machine = new LoopMachine(RunId.create(NOW), spec);
    private final OutputSketch sketch = OutputSketch.of("42 passed, committed. ".repeat(500));
    private final Metered usage = new Metered(new Usage(100, 50, 0, 0), Cost.billed(new BigDecimal("0.01")), true);
    private LoopState between = LoopState.submitted(spec);

    /** A run between two iterations, with some output to compare with. */
    @Setup
    public void betweenIterations() {
        LoopState taken = machine.apply(
                        LoopState.submitted(spec),
                        new Outcome.TakenUp(NOW, "node", null, null, 0, List.of(), "", false, null, Metered.NOTHING))
                .state();
        between = iteration(taken);
    }

    /** A whole iteration: decide, start, settle. Two steps. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public LoopState step() {
        return iteration(between);
    }

    private LoopState iteration(LoopState before) {
        Decision.Invoke invoke = (Decision.Invoke) machine.next(before, NOW);
        LoopState started = machine.apply(before, new Outcome.AttemptStarted(NOW, invoke, "before"))
                .state();
        return machine.apply(
                        started,
                        new Outcome.AttemptFinished(NOW, false, "42 passed", false, sketch, "after", usage, null))
                .state();
    }
}
