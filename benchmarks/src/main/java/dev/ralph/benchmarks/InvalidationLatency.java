/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import dev.ralph.cache.Cache;
import dev.ralph.cache.Loaded;
import dev.ralph.cache.redis.RedisCaches;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * How long after a change in one process another stops answering the old value: two caches with connections of their own, in one
 * JVM so that they have one clock. Who waits looks every 20 microseconds.
 */
public final class InvalidationLatency {

    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 10_000;
    private static final long LOOK_NANOS = 20_000;

    private InvalidationLatency() {}

    /** Prints a table. */
    public static void main(String[] args) {
        long[] seen = new long[ROUNDS];
        long[] returned = new long[ROUNDS];
        try (BenchmarkRedis redis = BenchmarkRedis.start();
                RedisCaches here = redis.caches();
                RedisCaches there = redis.caches()) {
            Cache<byte[]> changing = here.region(BenchmarkRedis.REGION);
            Cache<byte[]> reading = there.region(BenchmarkRedis.REGION);
            byte[] value = new byte[BenchmarkRedis.VALUE_BYTES];
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                long version = (long) round + WARM_UP + 1;
                reading.get("key", () -> Loaded.of(value, version));
                long start = System.nanoTime();
                changing.invalidate("key", version + 1);
                long told = System.nanoTime();
                while (reading.get("key").isPresent()) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                if (round >= 0) {
                    seen[round] = System.nanoTime() - start;
                    returned[round] = told - start;
                }
            }
        }
        System.out.println("| | p50 | p99 | p99.9 | longest |");
        System.out.println("|---|---|---|---|---|");
        print("invalidate returns", returned);
        print("the other process answers the old value no more", seen);
    }

    private static void print(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                "| %s | %d µs | %d µs | %d µs | %d µs |%n",
                what, at(nanos, 0.5), at(nanos, 0.99), at(nanos, 0.999), nanos[nanos.length - 1] / 1_000);
    }

    private static long at(long[] sorted, double part) {
        return sorted[(int) (sorted.length * part)] / 1_000;
    }
}
