/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.FailureClass;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an agent of a {@link SimulatedRun} fails. */
record Failure(
        FailureClass kind, @Nullable Duration retryAfter, boolean edits, Metered usage, double jitter, Duration took) {

    /** Edits nothing, costs nothing, takes ten seconds; its back-off is as long as it can be. */
    static Failure of(FailureClass kind) {
        return new Failure(kind, null, false, Metered.NOTHING, 1, Duration.ofSeconds(10));
    }

    static Failure rateLimited(Duration retryAfter) {
        return of(FailureClass.RATE_LIMITED).askingFor(retryAfter);
    }

    Failure askingFor(Duration wait) {
        return new Failure(kind, wait, edits, usage, jitter, took);
    }

    Failure afterEdits() {
        return new Failure(kind, retryAfter, true, usage, jitter, took);
    }

    Failure using(Metered metered) {
        return new Failure(kind, retryAfter, edits, metered, jitter, took);
    }

    Failure withJitter(double value) {
        return new Failure(kind, retryAfter, edits, usage, value, took);
    }

    Failure taking(Duration time) {
        return new Failure(kind, retryAfter, edits, usage, jitter, time);
    }
}
