/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.GateRecord;
import dev.ralph.InvalidValueException;
import dev.ralph.IterationRecord;

/** A row a step writes beside the run's own. Keys are never written twice, except that settling updates an attempt. */
public sealed interface RecordChange {

    /** Hands the row to the method of {@code writer} for this kind of change. */
    void writeTo(Writer writer);

    /** Inserts the attempt, in flight, with its reservation. */
    record StartAttempt(AttemptRecord attempt) implements RecordChange {

        /**
         * Checks the values.
         *
         * @throws InvalidValueException if the attempt is not in flight
         */
        public StartAttempt {
            if (attempt.status() != AttemptStatus.IN_FLIGHT) {
                throw new InvalidValueException("attempt.status", attempt.status(), "must be IN_FLIGHT at the start");
            }
        }

        @Override
        public void writeTo(Writer writer) {
            writer.startAttempt(attempt);
        }
    }

    /** Updates the attempt of the same key, which must be in flight, to its end. What was noted of its usage goes. */
    record SettleAttempt(AttemptRecord attempt) implements RecordChange {

        /**
         * Checks the values.
         *
         * @throws InvalidValueException if the attempt is still in flight
         */
        public SettleAttempt {
            if (attempt.status() == AttemptStatus.IN_FLIGHT) {
                throw new InvalidValueException("attempt.status", attempt.status(), "is no end; settle it as it ended");
            }
        }

        @Override
        public void writeTo(Writer writer) {
            writer.settleAttempt(attempt);
        }
    }

    /** Inserts the record of an iteration. */
    record AddIteration(IterationRecord iteration) implements RecordChange {
        @Override
        public void writeTo(Writer writer) {
            writer.addIteration(iteration);
        }
    }

    /** Appends a gate's result to those of its iteration; two may have the same name. */
    record AddGate(GateRecord gate) implements RecordChange {
        @Override
        public void writeTo(Writer writer) {
            writer.addGate(gate);
        }
    }

    /** Inserts a checkpoint. */
    record AddCheckpoint(CheckpointRecord checkpoint) implements RecordChange {
        @Override
        public void writeTo(Writer writer) {
            writer.addCheckpoint(checkpoint);
        }
    }

    /** One method per kind of change, so that a store that forgets a new kind does not compile. */
    interface Writer {

        void startAttempt(AttemptRecord attempt);

        void settleAttempt(AttemptRecord attempt);

        void addIteration(IterationRecord iteration);

        void addGate(GateRecord gate);

        void addCheckpoint(CheckpointRecord checkpoint);
    }
}
