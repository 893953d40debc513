/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.AttemptRecord;
import dev.ralph.CheckpointRecord;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;

/** A row a step writes beside the run's own. Keys are never written twice, except that settling updates an attempt. */
public sealed interface RecordChange {

    /** Inserts the attempt, in flight, with its reservation. */
    record StartAttempt(AttemptRecord attempt) implements RecordChange {}

    /** Updates the attempt of the same key to its end. */
    record SettleAttempt(AttemptRecord attempt) implements RecordChange {}

    record AddIteration(IterationRecord iteration) implements RecordChange {}

    record AddGate(GateRecord gate) implements RecordChange {}

    record AddCheckpoint(CheckpointRecord checkpoint) implements RecordChange {}
}
