/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

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

    /** What a call is that may be made. */
    enum Attempt {
        /** One of many. */
        CALL,
        /** The one that tries whether the server is back. */
        PROBE
    }

    /** How a call may be made, if it may; whoever makes it says how it ended. */
    synchronized @Nullable Attempt begin() {
        if (!open()) {
            return Attempt.CALL;
        }
        long now = nanoTime.getAsLong();
        if (now - openUntil < 0) {
            return null;
        }
        // One tries, and the others wait for how it ends, or for another pause if nobody hears of it.
        openUntil = now + pause;
        return Attempt.PROBE;
    }

    synchronized boolean open() {
        return inRow >= failures;
    }

    synchronized void succeeded() {
        inRow = 0;
        pause = shortest;
    }

    /** Calls that were under way when it opened say nothing about the pause. */
    synchronized void failed(Attempt attempt) {
        if (!open()) {
            inRow++;
        } else if (attempt == Attempt.PROBE) {
            pause = Math.min(longest, pause * 2);
        } else {
            return;
        }
        if (open()) {
            openUntil = nanoTime.getAsLong() + pause;
        }
    }
}
