/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import dev.ralph.InvalidValueException;
import java.time.Duration;

/**
 * How long a process may take.
 *
 * @param wall from its start to its end
 * @param idle without a byte on standard output or standard error
 * @param grace from the polite request to end (SIGTERM) to being killed
 */
public record ProcessTimeouts(Duration wall, Duration idle, Duration grace) {

    private static final Duration MAX = Duration.ofDays(365);

    /** An hour, ten minutes without output, five seconds of grace. */
    public static final ProcessTimeouts DEFAULT =
            new ProcessTimeouts(Duration.ofHours(1), Duration.ofMinutes(10), Duration.ofSeconds(5));

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if a time is negative or above 365 days, or wall or idle is zero
     */
    public ProcessTimeouts {
        inRange("timeouts.wall", wall, Duration.ofNanos(1));
        inRange("timeouts.idle", idle, Duration.ofNanos(1));
        inRange("timeouts.grace", grace, Duration.ZERO);
    }

    private static void inRange(String field, Duration value, Duration min) {
        if (value.compareTo(min) < 0 || value.compareTo(MAX) > 0) {
            throw new InvalidValueException(
                    field, value, "must be " + (min.isZero() ? "zero" : "longer than zero") + " to 365 days");
        }
    }
}
