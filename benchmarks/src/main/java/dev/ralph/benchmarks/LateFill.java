/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A load that read the source before a change and comes to its end after it.
 *
 * @param rounds how often that was forced
 * @param inItsProcess after how many of them the process that loaded answered the old value to who asked afterwards
 * @param elsewhere the same of a third process
 */
record LateFill(int rounds, int inItsProcess, int elsewhere) {

    private static final int ROUNDS = 50;
    private static final Duration TTL = Duration.ofHours(1);
    private static final long NEWS_NANOS = 50_000_000;

    /** The change is made by the process that loads. */
    static LateFill inOneProcess(Peer peer) throws InterruptedException {
        try (BenchmarkRedis redis = BenchmarkRedis.start();
                CacheNode node = peer.open(redis.url(), TTL);
                CacheNode third = peer.open(redis.url(), TTL)) {
            return measure(node, node, third);
        }
    }

    /** The change is made by another process. */
    static LateFill betweenProcesses(Peer peer) throws InterruptedException {
        try (BenchmarkRedis redis = BenchmarkRedis.start();
                CacheNode loading = peer.open(redis.url(), TTL);
                CacheNode changing = peer.open(redis.url(), TTL);
                CacheNode third = peer.open(redis.url(), TTL)) {
            return measure(loading, changing, third);
        }
    }

    private static LateFill measure(CacheNode loading, CacheNode changing, CacheNode third)
            throws InterruptedException {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        int inItsProcess = 0;
        int elsewhere = 0;
        try {
            for (int round = 0; round < ROUNDS; round++) {
                String key = "key-" + round;
                AtomicLong source = new AtomicLong(1);
                late(thread, loading, key, source, () -> {
                    source.set(2);
                    changing.changed(key, 2);
                });
                inItsProcess += loading.read(key, source::get) < source.get() ? 1 : 0;
                elsewhere += third.read(key, source::get) < source.get() ? 1 : 0;
            }
        } finally {
            thread.shutdownNow();
        }
        return new LateFill(ROUNDS, inItsProcess, elsewhere);
    }

    private static void late(ExecutorService thread, CacheNode loading, String key, AtomicLong source, Runnable change)
            throws InterruptedException {
        CountDownLatch hasRead = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Future<Long> load = thread.submit(() -> loading.read(key, () -> {
            long number = source.get();
            hasRead.countDown();
            await(mayEnd);
            return number;
        }));
        hasRead.await();
        change.run();
        // Until every process has heard of it.
        LockSupport.parkNanos(NEWS_NANOS);
        mayEnd.countDown();
        try {
            load.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the load failed", e);
        }
        // And of the load, if it is told.
        LockSupport.parkNanos(NEWS_NANOS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "%d of %d, %d of %d elsewhere".formatted(inItsProcess, rounds, elsewhere, rounds);
    }
}
