/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.RunId;
import java.time.Instant;

/** Checkpoint requests of one run under one lease. */
record Requests(RunId run, String lease) {

    static Requests ofNewRun() {
        return new Requests(RunId.create(Instant.now()), "lease-1");
    }

    Requests underLease(String other) {
        return new Requests(run, other);
    }

    CheckpointRequest number(int number) {
        return new CheckpointRequest(run, lease, number, number, Checkpoint.Kind.ITERATION);
    }

    CheckpointRequest safety() {
        return new CheckpointRequest(run, lease, 0, 0, Checkpoint.Kind.SAFETY);
    }
}
