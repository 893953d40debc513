/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks ten times a second how much of the heap is in use after a collection. */
final class HeapPeak {

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final long before = inUse();
    private final Thread thread = new Thread(this::look, "heap-peak");
    private volatile long most = before;

    private HeapPeak() {}

    static HeapPeak start() {
        HeapPeak peak = new HeapPeak();
        peak.thread.start();
        return peak;
    }

    /** By how many bytes use had grown at the most. */
    long stop() throws InterruptedException {
        stopped.countDown();
        thread.join();
        return Math.max(most, inUse()) - before;
    }

    private void look() {
        try {
            while (!stopped.await(100, TimeUnit.MILLISECONDS)) {
                most = Math.max(most, inUse());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long inUse() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
