/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import dev.ralph.RalphException;
import dev.ralph.health.CheckResult;
import dev.ralph.health.HealthProbe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one probe, once at a time, however many want to know; keeps its answer for as long as it holds. Thread-safe. */
final class WatchedProbe {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedProbe.class);
    private static final Duration LEAST_VALIDITY = Duration.ofSeconds(1);
    private static final int LONGEST_MESSAGE = 1_000;

    private final HealthProbe probe;
    private final String name;
    private final long timeout;
    private final long validity;
    private final LongSupplier nanoTime;
    private final UnaryOperator<String> mask;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Asked latest;

    /**
     * Watches a probe.
     *
     * @param nanoTime a monotonic clock
     * @param mask hides secrets in what the probe says
     */
    WatchedProbe(HealthProbe probe, LongSupplier nanoTime, UnaryOperator<String> mask) {
        this.probe = probe;
        this.name = probe.name();
        this.timeout = probe.timeout().toNanos();
        Duration wanted = probe.validity();
        this.validity = (wanted.compareTo(LEAST_VALIDITY) > 0 ? wanted : LEAST_VALIDITY).toNanos();
        this.nanoTime = nanoTime;
        this.mask = mask;
    }

    String name() {
        return name;
    }

    /** Asks the probe unless it is being asked or its last answer holds; does not wait. */
    Asked ask() {
        lock.lock();
        try {
            if (latest == null || latest.isStale()) {
                latest = new Asked();
                latest.start();
            }
            return latest;
        } finally {
            lock.unlock();
        }
    }

    private CheckResult look() {
        try {
            return masked(probe.check());
        } catch (RalphException e) {
            return CheckResult.down(masked(String.valueOf(e.getMessage())));
        } catch (Exception | LinkageError | StackOverflowError e) {
            LOG.warn("The health probe {} failed with {}", name, e.getClass().getName());
            LOG.debug("The health probe {} failed", name, e);
            return CheckResult.down(
                    "the probe failed with " + e.getClass().getName() + "; the log shows where, at the level DEBUG");
        }
    }

    private CheckResult masked(CheckResult result) {
        Map<String, Object> details = new LinkedHashMap<>();
        result.details().forEach((key, value) -> details.put(key, value instanceof String text ? masked(text) : value));
        String message = result.message();
        return new CheckResult(result.status(), message == null ? null : masked(message), details);
    }

    private String masked(String text) {
        String hidden = mask.apply(text);
        return hidden.length() <= LONGEST_MESSAGE ? hidden : hidden.substring(0, LONGEST_MESSAGE) + "…";
    }

    /** One time it was asked. */
    final class Asked {

        private final long begun = nanoTime.getAsLong();
        private final CompletableFuture<CheckResult> result = new CompletableFuture<>();
        private volatile long ended;

        private void start() {
            Thread thread = new Thread(this::run, "ralph-health-" + name);
            thread.setDaemon(true);
            try {
                thread.start();
            } catch (OutOfMemoryError e) {
                end(CheckResult.down("no thread could be started for it; the process has too many threads or too"
                        + " little memory"));
            }
        }

        private void run() {
            CheckResult found = CheckResult.down("the probe ended without an answer; the log may say why");
            try {
                found = look();
            } finally {
                end(found);
            }
        }

        private void end(CheckResult found) {
            ended = nanoTime.getAsLong();
            result.complete(found);
        }

        private boolean isStale() {
            return result.isDone() && nanoTime.getAsLong() - ended >= validity;
        }

        /** Waits for the answer, until the probe's time is over. */
        CheckResult await() {
            long left = Math.max(0, timeout - (nanoTime.getAsLong() - begun));
            try {
                return result.get(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return CheckResult.down("timed out: no answer within " + seconds(timeout) + " s, asked "
                                + seconds(Math.max(timeout, nanoTime.getAsLong() - begun))
                                + " s ago and not again until it"
                                + " answers; " + probe.whenSilent())
                        .with("timedOut", true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return CheckResult.down("whoever asked was interrupted before it answered; ask again");
            } catch (ExecutionException e) {
                throw new IllegalStateException("a probe's failure is an answer", e);
            }
        }

        private double seconds(long nanos) {
            return TimeUnit.NANOSECONDS.toMillis(nanos) / 1_000.0;
        }
    }
}
