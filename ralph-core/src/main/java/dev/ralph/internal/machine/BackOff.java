/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.RetryPolicy;
import java.time.Duration;

/** Exponential back-off with full jitter. */
final class BackOff {

    private static final int MAX_DOUBLINGS = 30;

    private BackOff() {}

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
