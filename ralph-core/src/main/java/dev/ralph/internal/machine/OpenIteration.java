/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An iteration that has begun and is not recorded yet.
 *
 * @param number its number
 * @param attempts attempts started so far
 * @param startedAt when the first one started
 * @param fingerprint the workspace before the first one, or null if that could not be told
 */
public record OpenIteration(
        int number,
        int attempts,
        Instant startedAt,
        @Nullable String fingerprint) {

    OpenIteration nextAttempt() {
        return new OpenIteration(number, attempts + 1, startedAt, fingerprint);
    }

    /** Whether all attempts together changed the workspace, as far as one can tell. */
    boolean changed(@Nullable String after) {
        return after == null || !after.equals(fingerprint);
    }
}
