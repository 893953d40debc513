/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.RetryPolicy;
import java.time.Duration;

/** How long to wait: exponential back-off with full jitter, or what a service asks for. */
final class BackOff {

    private static final int MAX_DOUBLINGS = 30;

    /** The longest duration a host may configure, so that what is longer is longer than any run. */
    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private BackOff() {}

    /** What a service asks for, kept within what a date can hold: it comes from outside. */
    static Duration asked(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(FOR_EVER) < 0 ? wait : FOR_EVER;
    }

    /**
     * The delay after the n-th failure in a row.
     *
     * @param n from 1
     * @param jitter from 0 (no delay) to 1 (the whole of it)
     */
    static Duration delay(RetryPolicy policy, int n, double jitter) {
        Duration full = policy.baseDelay().multipliedBy(1L << Math.min(n - 1, MAX_DOUBLINGS));
        Duration bound = full.compareTo(policy.maxDelay()) < 0 ? full : policy.maxDelay();
        return Duration.ofMillis((long) (bound.toMillis() * jitter));
    }
}
