/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.spi.RecordChange;
import dev.ralph.spi.Step;

/** The transactions of ADR 4 a node makes for a run, in their order. */
enum StepKind {
    CREATED,
    CLAIMED,
    TAKEN_UP,
    STARTED,
    SETTLED,
    VERIFIED,
    CHECKPOINTED,
    ENDED;

    static StepKind of(Step step) {
        if (step.run().status().isFinal()) {
            return ENDED;
        }
        for (RecordChange change : step.records()) {
            if (change instanceof RecordChange.StartAttempt) {
                return STARTED;
            } else if (change instanceof RecordChange.AddIteration) {
                return SETTLED;
            } else if (change instanceof RecordChange.AddGate) {
                return VERIFIED;
            } else if (change instanceof RecordChange.AddCheckpoint) {
                return CHECKPOINTED;
            }
        }
        return TAKEN_UP;
    }
}
