/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.cache.Cache;
import dev.ralph.cache.Cached;
import dev.ralph.cache.Loaded;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A load that has begun, has read its value, and is held before it returns. */
final class HeldLoad {

    private static final long SOON = 20;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final CompletableFuture<Cached<String>> answer = new CompletableFuture<>();

    private HeldLoad() {}

    /** Returns once the loader is under way. */
    static HeldLoad begin(Cache<String> cache, Loaded<String> found) throws InterruptedException {
        HeldLoad load = new HeldLoad();
        Thread thread = new Thread(
                () -> {
                    try {
                        load.answer.complete(cache.get(CacheBench.KEY, () -> load.hold(found)));
                    } catch (RuntimeException | Error e) {
                        load.answer.completeExceptionally(e);
                    }
                },
                "held-load");
        thread.setDaemon(true);
        thread.start();
        if (!load.begun.await(SOON, TimeUnit.SECONDS)) {
            throw new AssertionError("the loader was not called");
        }
        return load;
    }

    private Loaded<String> hold(Loaded<String> found) {
        begun.countDown();
        try {
            if (!go.await(SOON, TimeUnit.SECONDS)) {
                throw new AssertionError("the load was not let go");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    /** Lets it return, and answers what its caller gets. */
    Cached<String> end() throws Exception {
        go.countDown();
        return answer.get(SOON, TimeUnit.SECONDS);
    }
}
