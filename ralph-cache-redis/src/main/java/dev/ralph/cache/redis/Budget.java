/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** How long one question may still wait for Redis. For one thread. */
final class Budget {

    private long left;

    Budget(Duration all) {
        left = all.toNanos();
    }

    /** What takes time, and is told how long it may take. */
    @FunctionalInterface
    interface Wait<T> {
        T within(long time, TimeUnit unit) throws Exception;
    }

    /** Waits, and has less left for the next time. */
    <T> T spend(LongSupplier nanoTime, Wait<T> wait) throws Exception {
        if (left <= 0) {
            throw new TimeoutException();
        }
        long start = nanoTime.getAsLong();
        try {
            return wait.within(left, TimeUnit.NANOSECONDS);
        } finally {
            left -= nanoTime.getAsLong() - start;
        }
    }
}
