/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.RunId;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.Step;

/**
 * What a node knows of a step it committed.
 *
 * @param answered whether the store said that it is committed; else it could not tell
 * @param version the run's version after it
 * @param iteration the iteration it recorded, or 0
 * @param checkpoint the checkpoint it recorded, or -1
 */
record Ack(boolean answered, RunId run, long version, StepKind step, int iteration, int checkpoint) {

    static Ack of(boolean answered, RunId run, Step step) {
        int iteration = 0;
        int checkpoint = -1;
        for (RecordChange change : step.records()) {
            if (change instanceof RecordChange.AddIteration added) {
                iteration = added.iteration().iteration();
            } else if (change instanceof RecordChange.AddCheckpoint added) {
                checkpoint = added.checkpoint().number();
            }
        }
        return new Ack(answered, run, step.expectedVersion() + 1, StepKind.of(step), iteration, checkpoint);
    }

    static Ack parse(String line) {
        String[] parts = line.split(" ", -1);
        return new Ack(
                Boolean.parseBoolean(parts[0]),
                RunId.parse(parts[1]),
                Long.parseLong(parts[2]),
                StepKind.valueOf(parts[3]),
                Integer.parseInt(parts[4]),
                Integer.parseInt(parts[5]));
    }

    String line() {
        return answered + " " + run + " " + version + " " + step + " " + iteration + " " + checkpoint;
    }
}
