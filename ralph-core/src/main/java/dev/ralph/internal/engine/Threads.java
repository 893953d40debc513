/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads for work that mostly waits: virtual ones from Java 21 on, a bounded number of platform threads before. */
final class Threads {

    private static final Logger LOG = LoggerFactory.getLogger(Threads.class);

    private Threads() {}

    /**
     * An executor for stints.
     *
     * @param max threads at most where they are platform threads
     */
    static ExecutorService forStints(int max) {
        return virtualExecutor().orElseGet(() -> Executors.newFixedThreadPool(max, daemons("ralph-run-")));
    }

    static ThreadFactory daemons(String prefix) {
        AtomicLong count = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Takes no more tasks and waits for those it has, for a time, even on a thread that is interrupted already; then cuts them
     * off.
     */
    static void letFinish(ExecutorService tasks, Duration time) {
        boolean interrupted = Thread.interrupted();
        tasks.shutdown();
        try {
            if (!tasks.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Commands were still being delivered {} after the drain; they are carried out later", time);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        tasks.shutdownNow();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** This code is compiled for 17, which does not have the method; on 21 and later it is found by its public name. */
    private static Optional<ExecutorService> virtualExecutor() {
        try {
            MethodHandle factory = MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class));
            return Optional.of((ExecutorService) factory.invokeExact());
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        } catch (Throwable e) {
            throw new IllegalStateException("virtual threads cannot be used on this JVM", e);
        }
    }
}
