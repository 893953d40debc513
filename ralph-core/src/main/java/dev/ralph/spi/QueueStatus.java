/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.InvalidValueException;
import java.time.Duration;

/**
 * Runs that could be worked on now and that nobody works on.
 *
 * @param due how many there are
 * @param oldest how long the one that is due longest has been due; zero if there is none
 */
public record QueueStatus(long due, Duration oldest) {

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if one is negative
     */
    public QueueStatus {
        if (due < 0) {
            throw new InvalidValueException("queue.due", due, "must not be negative");
        }
        if (oldest.isNegative()) {
            throw new InvalidValueException("queue.oldest", oldest, "must not be negative");
        }
    }
}
