/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts whoever works on a task once its time is over, and nothing that comes after it on the same thread. A task that
 * begins too late is interrupted from its beginning. Thread-safe.
 */
final class Deadline {

    private final ScheduledExecutorService timer;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread thread;
    private @Nullable ScheduledFuture<?> cut;
    private boolean passed;
    private boolean ended;

    /**
     * Does not count yet.
     *
     * @param timer ends the time
     */
    Deadline(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * Counts anew from now, unless the time is over.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the timer was shut down
     */
    void in(Duration time) {
        lock.lock();
        try {
            if (!passed && !ended) {
                stopCounting();
                cut = timer.schedule(this::pass, time.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The current thread works on the task from now on. */
    void begin() {
        lock.lock();
        try {
            thread = Thread.currentThread();
            if (passed) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The time is over now, whatever was left of it. */
    void pass() {
        lock.lock();
        try {
            passed = true;
            stopCounting();
            if (thread != null && !ended) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The task is done; takes back an interrupt of the current thread. */
    void end() {
        lock.lock();
        try {
            ended = true;
            stopCounting();
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    private void stopCounting() {
        if (cut != null) {
            cut.cancel(false);
        }
    }
}
