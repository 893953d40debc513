/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import java.time.Instant;

/**
 * An iteration that has begun and is not recorded yet.
 *
 * @param number its number
 * @param attempts attempts started so far
 * @param startedAt when the first one started
 * @param changed whether an earlier attempt changed the workspace
 */
public record OpenIteration(int number, int attempts, Instant startedAt, boolean changed) {

    OpenIteration nextAttempt() {
        return new OpenIteration(number, attempts + 1, startedAt, changed);
    }

    OpenIteration withChange(boolean more) {
        return new OpenIteration(number, attempts, startedAt, changed || more);
    }
}
