/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Does something on many threads at the same moment. */
final class Together {

    private Together() {}

    /** What one of the threads does. */
    @FunctionalInterface
    interface Task<T> {
        T run(int thread) throws Exception;
    }

    /** What came of every thread, in their order. Fails if one of them threw. */
    static <T> List<T> run(int threads, Task<T> task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            return run(threads, task, executor);
        } finally {
            executor.shutdownNow();
        }
    }

    /** Does {@code race} again and again, since threads rarely meet in the few instructions that matter. */
    static void repeat(int rounds, int threads, Race race) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < rounds; round++) {
                race.run(new Start(threads, executor));
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static <T> List<T> run(int threads, Task<T> task, ExecutorService executor) throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            running.add(executor.submit(() -> {
                arrived.incrementAndGet();
                // Woken one by one from a barrier, the first would be done before the last begins.
                while (arrived.get() < threads) {
                    LockSupport.parkNanos(1);
                }
                return task.run(thread);
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : running) {
            results.add(future.get());
        }
        return results;
    }

    /** One round: prepares, lets the threads go, checks. */
    @FunctionalInterface
    interface Race {
        void run(Start start) throws Exception;
    }

    /** Lets the threads of one round go. */
    record Start(int threads, ExecutorService executor) {

        <T> List<T> go(Task<T> task) throws Exception {
            return run(threads, task, executor);
        }
    }
}
