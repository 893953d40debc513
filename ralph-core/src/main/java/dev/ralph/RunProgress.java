/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is and what it has used. Never falls, whatever crashes.
 *
 * @param iterations iterations recorded
 * @param attempts attempts launched, repeats included
 * @param unreported attempts that did not report all they used: tokens, money or both are not known
 * @param usage tokens reported
 * @param unknownTokens tokens charged against the limits for attempts that did not report
 * @param spend US dollars charged
 * @param runtime time in status RUNNING or WAITING up to {@code clockSince}, or in all if the clock stands
 * @param clockSince since when the runtime clock runs, or null while it stands
 */
public record RunProgress(
        int iterations,
        int attempts,
        int unreported,
        Usage usage,
        long unknownTokens,
        Spend spend,
        Duration runtime,
        @Nullable Instant clockSince) {

    public static final RunProgress NONE = new RunProgress(0, 0, 0, Usage.ZERO, 0, Spend.ZERO, Duration.ZERO, null);

    /** The runtime as of {@code now}. A clock that went back adds nothing. */
    public Duration runtimeAt(Instant now) {
        return clockSince == null || now.isBefore(clockSince)
                ? runtime
                : runtime.plus(Duration.between(clockSince, now));
    }
}
