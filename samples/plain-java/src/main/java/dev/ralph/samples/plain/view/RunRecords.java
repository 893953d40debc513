/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.AttemptRecord;
import dev.ralph.CheckpointRecord;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.Run;
import dev.ralph.RunSnapshot;
import dev.ralph.RunSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything recorded of a run.
 *
 * @param snapshot its row
 * @param spec what it was asked to do
 * @param iterations recorded iterations
 * @param attempts the attempts of those, and of the iteration in flight
 * @param gates gate results
 * @param checkpoints checkpoints
 */
public record RunRecords(
        RunSnapshot snapshot,
        RunSpec spec,
        List<IterationRecord> iterations,
        List<AttemptRecord> attempts,
        List<GateRecord> gates,
        List<CheckpointRecord> checkpoints) {

    private static final int BATCH = 500;

    public RunRecords {
        iterations = List.copyOf(iterations);
        attempts = List.copyOf(attempts);
        gates = List.copyOf(gates);
        checkpoints = List.copyOf(checkpoints);
    }

    /** Reads them. */
    public static RunRecords of(Run run) {
        List<IterationRecord> iterations = new ArrayList<>();
        List<IterationRecord> batch = run.iterations(0, BATCH);
        while (!batch.isEmpty()) {
            iterations.addAll(batch);
            batch = run.iterations(batch.get(batch.size() - 1).iteration(), BATCH);
        }
        List<AttemptRecord> attempts = new ArrayList<>();
        iterations.forEach(iteration -> attempts.addAll(run.attempts(iteration.iteration())));
        attempts.addAll(run.attempts(iterations.size() + 1));
        return new RunRecords(run.snapshot(), run.spec(), iterations, attempts, run.gates(), run.checkpoints());
    }
}
