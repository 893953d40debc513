/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.metrics;

import dev.ralph.log.LogText;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that takes long to ask for, or cannot be had at times. Whoever reads it has it asked for in the background, waits a
 * moment for the answer, and else gets the last one. Never asked for twice at once. Thread-safe.
 */
final class PolledValue<T> {

    /** How old a value is at least when it is asked for anew. */
    static final Duration PERIOD = Duration.ofSeconds(5);

    /** How long a reader waits; a scrape reads many meters one after the other. */
    static final Duration PATIENCE = Duration.ofMillis(200);

    /** How old a value may be. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(PolledValue.class);

    private final Supplier<T> source;
    private final Executor background;
    private final LongSupplier nanoTime;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile @Nullable Known<T> known;
    private volatile long lastAsked;
    private volatile boolean asked;

    /**
     * Asks nothing yet.
     *
     * @param nanoTime a monotonic clock
     */
    PolledValue(Supplier<T> source, Executor background, LongSupplier nanoTime) {
        this.source = source;
        this.background = background;
        this.nanoTime = nanoTime;
    }

    /** The value; empty if it is not known, or was last so long ago that it says nothing. */
    Optional<T> get() {
        if (isDue() && asking.compareAndSet(false, true)) {
            ask();
        }
        Known<T> last = known;
        return last == null || nanoTime.getAsLong() - last.at() > LONGEST.toNanos()
                ? Optional.empty()
                : Optional.of(last.value());
    }

    private boolean isDue() {
        return !asked || nanoTime.getAsLong() - lastAsked >= PERIOD.toNanos();
    }

    private void ask() {
        lastAsked = nanoTime.getAsLong();
        asked = true;
        try {
            await(CompletableFuture.runAsync(this::look, background));
        } catch (RejectedExecutionException e) {
            asking.set(false);
        }
    }

    private void look() {
        try {
            T value = source.get();
            known = new Known<>(value, nanoTime.getAsLong());
        } catch (RuntimeException e) {
            LOG.debug("A figure could not be had, and is asked for again: {}", LogText.line(e));
        } finally {
            asking.set(false);
        }
    }

    private static void await(CompletableFuture<Void> answer) {
        try {
            answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.debug("A figure takes long to be had; the last one is shown");
        } catch (ExecutionException e) {
            LOG.warn("A figure could not be had", LogText.failure(e));
        }
    }

    private record Known<T>(T value, long at) {}
}
