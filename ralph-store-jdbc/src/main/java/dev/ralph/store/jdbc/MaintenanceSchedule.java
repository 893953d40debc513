/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.log.LogText;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maintains a store again and again, at times that differ from node to node; two that come at once do no harm. Thread-safe;
 * has one thread.
 */
final class MaintenanceSchedule implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MaintenanceSchedule.class);

    static final String THREAD = "ralph-store-maintenance";

    private static final Duration FIRST = Duration.ofHours(1);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMinutes(15);

    /** How far a node may stray from the time between two calls, so that nodes started together drift apart. */
    private static final double STRAY = 0.1;

    private final Supplier<MaintenanceReport> maintenance;
    private final Duration every;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(MaintenanceSchedule::thread);
    private volatile @Nullable ScheduledFuture<?> next;

    MaintenanceSchedule(Supplier<MaintenanceReport> maintenance, Duration every) {
        this.maintenance = maintenance;
        this.every = every;
    }

    void start() {
        Duration within = shorter(FIRST, every);
        later(Duration.ofMillis(ThreadLocalRandom.current().nextLong(within.toMillis() + 1)));
    }

    /**
     * One call.
     *
     * @return after which time the next one is due, before jitter
     */
    Duration maintain() {
        try {
            MaintenanceReport report = maintenance.get();
            LOG.info("The store was maintained: {}", LogText.line(report));
            return report.complete() ? every : shorter(AGAIN, every);
        } catch (RuntimeException | Error e) {
            // Nothing may end this: nobody else would call it.
            if (thread.isShutdown()) {
                LOG.debug("The store was closed while it was maintained");
            } else {
                LOG.warn("The store could not be maintained, which is tried again: {}", LogText.line(e));
            }
            return shorter(AGAIN, every);
        }
    }

    private void run() {
        Duration delay = maintain();
        double stray = 1 + STRAY * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        later(Duration.ofMillis((long) (delay.toMillis() * stray)));
    }

    private void later(Duration delay) {
        try {
            next = thread.schedule(this::run, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed: the store is maintained no more");
        }
    }

    /** Waits for the statement in flight: an interrupt in its middle would close a host's own H2 file under everybody. */
    @Override
    public void close() {
        ScheduledFuture<?> last = next;
        if (last != null) {
            last.cancel(false);
        }
        thread.shutdown();
        try {
            if (!thread.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The store is closed while it is maintained; the next maintenance goes on");
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static Thread thread(Runnable work) {
        Thread made = new Thread(work, THREAD);
        made.setDaemon(true);
        return made;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
