/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded number of threads for requests. One that takes too long, such as that of a client which sends a byte a minute, is
 * interrupted, which closes its connection. More requests than can wait are refused. Thread-safe.
 */
public final class EndpointThreads implements Executor, AutoCloseable {

    private static final int THREADS = 4;
    private static final int WAITING = 64;

    private final Duration longest;
    private final ThreadPoolExecutor requests;
    private final ScheduledExecutorService timer;

    /**
     * Starts no thread yet.
     *
     * @param longest a request may take
     */
    public EndpointThreads(Duration longest) {
        this.longest = longest;
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, "ralph-health-endpoint");
            thread.setDaemon(true);
            return thread;
        };
        requests = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), daemons);
        requests.allowCoreThreadTimeOut(true);
        timer = Executors.newSingleThreadScheduledExecutor(daemons);
    }

    @Override
    public void execute(Runnable request) {
        requests.execute(() -> serve(request));
    }

    private void serve(Runnable request) {
        Deadline deadline = new Deadline(Thread.currentThread());
        Future<?> cut = timer.schedule(deadline::pass, longest.toMillis(), TimeUnit.MILLISECONDS);
        try {
            request.run();
        } finally {
            deadline.reached();
            cut.cancel(false);
        }
    }

    @Override
    public void close() {
        requests.shutdownNow();
        timer.shutdownNow();
    }

    /** Interrupts a request, and nothing that comes after it on its thread. */
    private static final class Deadline {

        private final Thread thread;
        private final ReentrantLock lock = new ReentrantLock();
        private boolean over;

        Deadline(Thread thread) {
            this.thread = thread;
        }

        void pass() {
            lock.lock();
            try {
                if (!over) {
                    thread.interrupt();
                }
            } finally {
                lock.unlock();
            }
        }

        void reached() {
            lock.lock();
            try {
                over = true;
                Thread.interrupted();
            } finally {
                lock.unlock();
            }
        }
    }
}
