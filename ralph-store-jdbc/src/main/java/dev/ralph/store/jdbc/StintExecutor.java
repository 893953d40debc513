/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.log.LogText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What db-scheduler runs stints on: an executor of somebody else's, which is never ended here, and which may refuse, or work
 * on the calling thread, neither of which the scheduler could bear. Ends when the last stint has ended. Thread-safe.
 */
final class StintExecutor extends AbstractExecutorService {

    private static final Logger LOG = LoggerFactory.getLogger(StintExecutor.class);

    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private int running;
    private boolean shutdown;
    private boolean abandoned;

    StintExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            running++;
        } finally {
            lock.unlock();
        }
        try {
            giveOut(task);
        } catch (RuntimeException | Error e) {
            ended();
            throw e;
        }
    }

    private void giveOut(Runnable task) {
        Thread caller = Thread.currentThread();
        try {
            executor.execute(() -> {
                if (Thread.currentThread() == caller) {
                    runOnItsOwn(task);
                } else {
                    run(task);
                }
            });
        } catch (RejectedExecutionException e) {
            // It is picked: whoever does not run it now leaves it to be found dead.
            LOG.warn(
                    "The executor takes no stint now, so one gets a thread of its own: {}",
                    LogText.line(e.getMessage()));
            runOnItsOwn(task);
        }
    }

    private void runOnItsOwn(Runnable task) {
        Thread thread = new Thread(() -> run(task), "ralph-stint");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until no more stints are given and the last has ended, but not for longer. */
    boolean awaitStopped(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while ((running > 0 || !shutdown) && left > 0) {
                left = ended.awaitNanos(left);
            }
            return running == 0 && shutdown;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever waits for the end waits no longer. */
    void abandon() {
        lock.lock();
        try {
            abandoned = true;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(timeout);
        lock.lock();
        try {
            while (running > 0 && !abandoned && left > 0) {
                left = ended.awaitNanos(left);
            }
            return running == 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void shutdown() {
        lock.lock();
        try {
            shutdown = true;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts nobody: a stint is asked to end by whoever gave it, and does so between two steps. */
    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        lock.lock();
        try {
            return shutdown;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isTerminated() {
        lock.lock();
        try {
            return shutdown && running == 0;
        } finally {
            lock.unlock();
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            ended();
        }
    }

    private void ended() {
        lock.lock();
        try {
            running--;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
