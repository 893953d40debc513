/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Adds up the runtime of a run: runs while it is RUNNING or WAITING, stands while it is queued or paused. */
public record RunClock(Duration elapsed, @Nullable Instant since) {

    static final RunClock ZERO = new RunClock(Duration.ZERO, null);

    RunClock start(Instant at) {
        return since != null ? this : new RunClock(elapsed, at);
    }

    RunClock stop(Instant at) {
        return new RunClock(at(at), null);
    }

    Duration at(Instant now) {
        return since == null || now.isBefore(since) ? elapsed : elapsed.plus(Duration.between(since, now));
    }
}
