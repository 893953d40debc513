/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that both streams of a process together may still pass on. Thread-safe. */
final class OutputBudget {

    private final AtomicLong remaining;

    OutputBudget(long bytes) {
        remaining = new AtomicLong(bytes);
    }

    /** Takes up to {@code wanted} bytes and says how many it got. */
    int take(int wanted) {
        long before = remaining.getAndUpdate(left -> left - Math.min(left, wanted));
        return (int) Math.min(before, wanted);
    }
}
