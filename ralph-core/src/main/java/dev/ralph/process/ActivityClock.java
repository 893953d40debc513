/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

/** When a process last gave a sign of life. Thread-safe. */
final class ActivityClock {

    private volatile long lastNanos = System.nanoTime();

    void touch() {
        lastNanos = System.nanoTime();
    }

    /** On the scale of {@link System#nanoTime}. */
    long lastNanos() {
        return lastNanos;
    }
}
