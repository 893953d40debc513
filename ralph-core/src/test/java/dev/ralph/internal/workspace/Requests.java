/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.RunId;
import java.time.Instant;

/** Checkpoint requests of one run under one lease. */
record Requests(String run, String lease) {

    static Requests ofNewRun() {
        return new Requests(RunId.create(Instant.now()).toString(), "lease-1");
    }

    Requests underLease(String other) {
        return new Requests(run, other);
    }

    CheckpointRequest after(int iteration) {
        return new CheckpointRequest(run, lease, iteration, Checkpoint.Kind.ITERATION);
    }

    CheckpointRequest safety() {
        return new CheckpointRequest(run, lease, 0, Checkpoint.Kind.SAFETY);
    }
}
