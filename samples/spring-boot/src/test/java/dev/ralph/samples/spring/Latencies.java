/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** How long things took, between {@link #begin} and {@link #end}. Thread-safe. */
final class Latencies {

    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean open;
    private volatile long[] sorted = new long[0];

    void begin() {
        open = true;
    }

    void end() {
        open = false;
        sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    void took(long time) {
        if (open) {
            nanos.add(time);
        }
    }

    void failed() {
        if (open) {
            failures.incrementAndGet();
        }
    }

    int count() {
        return sorted.length;
    }

    /** In milliseconds. */
    double quantile(double part) {
        long[] all = sorted;
        return all.length == 0 ? Double.NaN : all[(int) Math.min(all.length - 1L, (long) (part * all.length))] / 1e6;
    }

    double errorRate() {
        int failed = failures.get();
        return failed == 0 ? 0 : (double) failed / (failed + sorted.length);
    }

    String row(String what) {
        return Arrays.stream(new double[] {0.5, 0.95, 0.99})
                        .mapToObj(part -> "%.1f ms".formatted(quantile(part)))
                        .reduce("| " + what + " | " + count(), (row, cell) -> row + " | " + cell)
                + " | " + failures.get() + " |\n";
    }
}
