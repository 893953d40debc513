/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.RunId;
import dev.ralph.spi.Lease;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredRun;
import java.time.Instant;

/** A run and the lease it is, or once was, worked under: what a worker holds. */
record OwnedRun(Store store, Lease lease) {

    RunId id() {
        return lease.run();
    }

    StoredRun row() {
        return store.find(id()).orElseThrow(() -> new AssertionError("run " + id() + " is gone"));
    }

    /** The end of the lease the row shows; there must be one. */
    Instant leaseEnd() {
        Instant until = row().leaseUntil();
        if (until == null) {
            throw new AssertionError("run " + id() + " shows no end of a lease");
        }
        return until;
    }

    long version() {
        return row().snapshot().version();
    }

    /** Begins a step that follows what the row says now. */
    StepDraft step() {
        return new StepDraft(this);
    }
}
