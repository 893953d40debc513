/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.RunId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Threads that wait for changes of runs. Thread-safe. */
final class Awaiters {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Map<RunId, Set<Waiter>> waiting = new HashMap<>();

    /** One waiting thread; to be closed when it has seen enough. */
    final class Waiter implements AutoCloseable {

        private final RunId run;
        private final Semaphore changes = new Semaphore(0);

        private Waiter(RunId run) {
            this.run = run;
        }

        /** Waits for a change since this was called last, but not for longer than so many nanoseconds. */
        void await(long nanos) throws InterruptedException {
            if (changes.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                changes.drainPermits();
            }
        }

        @Override
        public void close() {
            leave(this);
        }
    }

    Waiter enter(RunId run) {
        lock.lock();
        try {
            Waiter waiter = new Waiter(run);
            waiting.computeIfAbsent(run, first -> new HashSet<>()).add(waiter);
            return waiter;
        } finally {
            lock.unlock();
        }
    }

    void changed(RunId run) {
        lock.lock();
        try {
            waiting.getOrDefault(run, Set.of()).forEach(waiter -> waiter.changes.release());
        } finally {
            lock.unlock();
        }
    }

    void allChanged() {
        lock.lock();
        try {
            waiting.values().forEach(waiters -> waiters.forEach(waiter -> waiter.changes.release()));
        } finally {
            lock.unlock();
        }
    }

    /** Wakes all and waits until they have left, but not for longer than so many nanoseconds. */
    void dismiss(long nanos) throws InterruptedException {
        lock.lock();
        try {
            waiting.values().forEach(waiters -> waiters.forEach(waiter -> waiter.changes.release()));
            long remaining = nanos;
            while (!waiting.isEmpty() && remaining > 0) {
                remaining = left.awaitNanos(remaining);
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(Waiter waiter) {
        lock.lock();
        try {
            waiting.computeIfPresent(waiter.run, (run, waiters) -> {
                waiters.remove(waiter);
                return waiters.isEmpty() ? null : waiters;
            });
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
