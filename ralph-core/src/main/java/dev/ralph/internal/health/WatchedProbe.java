/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import dev.ralph.RalphException;
import dev.ralph.health.CheckResult;
import dev.ralph.health.CheckStatus;
import dev.ralph.health.HealthProbe;
import dev.ralph.log.LogText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one probe, once at a time, however many want to know; keeps its answer for as long as it holds. One that has not come
 * back after ten times its time-out is given up and asked once more beside. Thread-safe, without locks.
 */
final class WatchedProbe {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedProbe.class);
    private static final Duration LEAST_VALIDITY = Duration.ofSeconds(1);
    private static final int LONGEST_MESSAGE = 1_000;
    private static final int MOST_DETAILS = 100;
    private static final int MOST_THREADS = 2;
    private static final int GIVEN_UP_AFTER = 10;

    private final HealthProbe probe;
    private final String name;
    private final long timeout;
    private final long validity;
    private final LongSupplier nanoTime;
    private final UnaryOperator<String> mask;
    private final AtomicReference<@Nullable Asked> latest = new AtomicReference<>();
    private final AtomicReference<CheckStatus> told = new AtomicReference<>(CheckStatus.UP);
    private final AtomicInteger threads = new AtomicInteger();

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
        while (true) {
            Asked known = latest.get();
            if (known != null && !known.isStale() && !known.isGivenUp()) {
                return known;
            }
            Asked next = new Asked();
            if (latest.compareAndSet(known, next)) {
                next.start();
                return next;
            }
        }
    }

    /** What it found last, or that it gives no answer in time; empty if that is longer ago. Asks nobody. */
    Optional<CheckStatus> lastKnown(Duration longest) {
        Asked last = latest.get();
        return last == null || nanoTime.getAsLong() - last.begun > longest.toNanos()
                ? Optional.empty()
                : Optional.of(last.isLate() ? CheckStatus.DOWN : told.get());
    }

    private void tell(CheckResult result) {
        CheckStatus before = told.getAndSet(result.status());
        if (before == result.status()) {
            return;
        }
        if (result.status() == CheckStatus.UP) {
            LOG.info("The health check {} was {} and is UP again", name, before);
        } else {
            LOG.warn(
                    "The health check {} was {} and is {}: {}",
                    name,
                    before,
                    result.status(),
                    LogText.line(result.message()));
        }
    }

    private CheckResult look() {
        try {
            return masked(probe.check());
        } catch (RalphException e) {
            return CheckResult.down(masked(String.valueOf(e.getMessage())));
        } catch (Exception | LinkageError | StackOverflowError e) {
            LOG.debug("The health probe {} failed", name, LogText.failure(e));
            return CheckResult.down(
                    "the probe failed with " + e.getClass().getName() + "; the log shows where, at the level DEBUG");
        }
    }

    private CheckResult masked(CheckResult result) {
        Map<String, Object> details = new LinkedHashMap<>();
        result.details().entrySet().stream()
                .limit(MOST_DETAILS)
                .forEach(detail -> details.put(masked(detail.getKey()), maskedValue(detail.getValue())));
        String message = result.message();
        return new CheckResult(result.status(), message == null ? null : masked(message), details);
    }

    /** Truths and numbers have nothing to hide; all else is what its text is. */
    private Object maskedValue(Object value) {
        return value instanceof Boolean || value instanceof Number ? value : masked(String.valueOf(value));
    }

    private String masked(String text) {
        String hidden = mask.apply(text);
        return hidden.length() <= LONGEST_MESSAGE ? hidden : hidden.substring(0, LONGEST_MESSAGE) + "…";
    }

    private String whatToDo() {
        try {
            return masked(probe.whenSilent());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.debug("The health probe {} does not know what to do when it is silent", name, LogText.failure(e));
            return "a thread dump shows what the thread ralph-health-" + name + " waits for";
        }
    }

    /** One time it was asked. */
    final class Asked {

        private final long begun = nanoTime.getAsLong();
        private final CompletableFuture<CheckResult> result = new CompletableFuture<>();
        private volatile long ended;

        private void start() {
            Thread thread = new Thread(this::run, "ralph-health-" + name);
            thread.setDaemon(true);
            threads.incrementAndGet();
            try {
                thread.start();
            } catch (OutOfMemoryError e) {
                threads.decrementAndGet();
                end(CheckResult.down("no thread could be started for it; the process has too many threads or too"
                        + " little memory"));
            }
        }

        private void run() {
            CheckResult found = CheckResult.down("the probe ended without an answer; the log may say why");
            try {
                found = look();
            } finally {
                threads.decrementAndGet();
                end(found);
            }
        }

        private void end(CheckResult found) {
            ended = nanoTime.getAsLong();
            if (this.equals(latest.get())) {
                tell(found);
            }
            result.complete(found);
        }

        private boolean isLate() {
            return !result.isDone() && nanoTime.getAsLong() - begun >= timeout;
        }

        private boolean isStale() {
            return result.isDone() && nanoTime.getAsLong() - ended >= validity;
        }

        /** Two threads of a probe are all it ever has. */
        private boolean isGivenUp() {
            return !result.isDone()
                    && nanoTime.getAsLong() - begun >= GIVEN_UP_AFTER * timeout
                    && threads.get() < MOST_THREADS;
        }

        /** Waits for the answer, until the probe's time is over. */
        CheckResult await() {
            long left = Math.max(0, timeout - (nanoTime.getAsLong() - begun));
            try {
                return result.get(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return timedOut();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return CheckResult.down("whoever asked was interrupted before it answered; ask again");
            } catch (ExecutionException e) {
                throw new IllegalStateException("a probe's failure is an answer", e);
            }
        }

        private CheckResult timedOut() {
            CheckResult silent = CheckResult.down("timed out: no answer within " + seconds(timeout) + " s, asked "
                            + seconds(Math.max(timeout, nanoTime.getAsLong() - begun))
                            + " s ago and not again until it answers or is given up; " + whatToDo())
                    .with("timedOut", true);
            tell(silent);
            return silent;
        }

        private double seconds(long nanos) {
            return TimeUnit.NANOSECONDS.toMillis(nanos) / 1_000.0;
        }
    }
}
