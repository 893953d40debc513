/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Something that is made on a thread of its own, while the rest of a node is put together. Thread-safe. */
final class Pending<T> {

    private final CompletableFuture<T> made;

    private Pending(CompletableFuture<T> made) {
        this.made = made;
    }

    static <T> Pending<T> begin(String thread, Supplier<T> maker) {
        return new Pending<>(CompletableFuture.supplyAsync(
                maker, task -> Threads.daemons(thread).newThread(task).start()));
    }

    /** Blocks until it is made, which an interrupt does not cut short; throws what making it threw. */
    T get() {
        try {
            return made.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** Closes it, if it could be made; waits until that is known. */
    void close(Consumer<T> closing) {
        if (made.handle((something, failure) -> failure == null).join()) {
            closing.accept(made.join());
        }
    }
}
