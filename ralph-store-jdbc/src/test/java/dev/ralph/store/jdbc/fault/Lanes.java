/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things at once; all of them, whichever fail. */
final class Lanes {

    private Lanes() {}

    /**
     * Gives what came of each, in their order.
     *
     * @throws AssertionError if some failed, with their failures
     */
    static <T> List<T> run(int atOnce, Map<String, Callable<T>> work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            Map<String, Future<T>> running = new LinkedHashMap<>();
            work.forEach((name, one) -> running.put(name, threads.submit(one)));
            List<T> results = new ArrayList<>();
            AssertionError failed = new AssertionError("failed:");
            for (Map.Entry<String, Future<T>> one : running.entrySet()) {
                try {
                    results.add(one.getValue().get());
                } catch (ExecutionException e) {
                    failed.addSuppressed(new AssertionError(one.getKey(), e.getCause()));
                }
            }
            if (failed.getSuppressed().length > 0) {
                throw failed;
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
