/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Watches how much of the heap is in use beyond what was at the start, garbage not counted. */
final class HeapWatch {

    private static final long INTERVAL_MILLIS = 200;

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "heap-watch");
    private final long before = inUse();
    private volatile long most = before;

    private HeapWatch() {}

    static HeapWatch start() {
        HeapWatch watch = new HeapWatch();
        watch.thread.start();
        return watch;
    }

    /** The most bytes by which use had grown at any look, this one included. */
    long stop() throws InterruptedException {
        stopped.countDown();
        thread.join();
        return Math.max(most, inUse()) - before;
    }

    private void watch() {
        try {
            while (!stopped.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                most = Math.max(most, inUse());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As the collection left it: what was allocated since may be garbage again. */
    private long inUse() {
        memory.gc();
        long sum = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                MemoryUsage left = pool.getCollectionUsage();
                sum += (left == null ? pool.getUsage() : left).getUsed();
            }
        }
        return sum;
    }
}
