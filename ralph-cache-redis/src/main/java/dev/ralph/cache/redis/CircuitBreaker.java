/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps calls from a server that does not answer: after some failures in a row it lets none through for a while, then one, and
 * for twice as long if that fails too. Thread-safe.
 */
final class CircuitBreaker {

    private final int failures;
    private final long shortest;
    private final long longest;
    private final LongSupplier nanoTime;
    private int inRow;
    private long pause;
    private long openUntil;

    /**
     * Closed.
     *
     * @param failures in a row that open it
     * @param shortest how long it is open at first
     * @param longest how long it is open at most
     * @param nanoTime a monotonic clock
     */
    CircuitBreaker(int failures, Duration shortest, Duration longest, LongSupplier nanoTime) {
        this.failures = failures;
        this.shortest = shortest.toNanos();
        this.longest = longest.toNanos();
        this.nanoTime = nanoTime;
        this.pause = this.shortest;
    }

    /** Whether a call may be made; whoever is told so makes one and says how it ended. */
    synchronized boolean permits() {
        if (!open()) {
            return true;
        }
        long now = nanoTime.getAsLong();
        if (now - openUntil < 0) {
            return false;
        }
        // One tries, and the others wait for how it ends, or for another pause if nobody hears of it.
        openUntil = now + pause;
        return true;
    }

    synchronized boolean open() {
        return inRow >= failures;
    }

    synchronized void succeeded() {
        inRow = 0;
        pause = shortest;
    }

    synchronized void failed() {
        if (open()) {
            pause = Math.min(longest, pause * 2);
        }
        inRow = Math.min(failures, inRow + 1);
        if (open()) {
            openUntil = nanoTime.getAsLong() + pause;
        }
    }
}
