/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A load under way, and those who wait for it. */
final class CacheFlight<V> {

    /** Causes may go in a circle. */
    private static final int DEEPEST = 20;

    private final long generation;
    private final Thread pilot = Thread.currentThread();
    private final CompletableFuture<Supplier<@Nullable Cached<V>>> end = new CompletableFuture<>();

    CacheFlight(long generation) {
        this.generation = generation;
    }

    /** When it began. */
    long generation() {
        return generation;
    }

    void landed(Cached<V> answer) {
        end.complete(() -> answer);
    }

    void failed(Throwable failure) {
        boolean own = interrupted(failure);
        end.complete(() -> {
            if (own) {
                return null;
            }
            throw CacheFlight.<RuntimeException>unchecked(failure);
        });
    }

    /** An interrupt is meant for the thread that loads, and is no answer for others. */
    private static boolean interrupted(Throwable failure) {
        if (Thread.currentThread().isInterrupted()) {
            return true;
        }
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof InterruptedException
                    || cause instanceof ClosedByInterruptException
                    || (cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** The value, or the loader's exception; null if the load was interrupted, and who waits is to load for itself. */
    @Nullable Cached<V> await(String key) {
        if (pilot == Thread.currentThread()) {
            throw new IllegalStateException("the loader of '" + key + "' asks for the key it loads");
        }
        return end.join().get();
    }

    /** A supplier throws nothing else than what is unchecked. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E unchecked(Throwable failure) throws E {
        throw (E) failure;
    }
}
