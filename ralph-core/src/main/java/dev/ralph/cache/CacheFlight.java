/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A load under way, and those who wait for it. */
final class CacheFlight<V> {

    private final long generation;
    private final Thread pilot = Thread.currentThread();
    private final CompletableFuture<Supplier<Cached<V>>> end = new CompletableFuture<>();

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
        end.complete(() -> {
            throw CacheFlight.<RuntimeException>unchecked(failure);
        });
    }

    /** The value, or the loader's exception. */
    Cached<V> await(String key) {
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
