/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import java.io.IOException;
import java.util.Arrays;

/**
 * How long after a change in one process another stops answering the old value. Each is a JVM of its own with connections of its
 * own; who waits looks every 20 microseconds, which counts.
 *
 * <p>The time that passed is the reader's clock when it held the value no more, less the changer's when it was about to
 * invalidate. That is sound only if both read one clock. {@link System#nanoTime()} reads the host's monotonic clock on Linux, but
 * promises nothing between JVMs, so it is checked before and after: a thousand times the reader is asked for the time, and what it
 * says must lie between the time of the question and that of its answer here. Two clocks would be found to be two unless they
 * differed by less than such a question takes, which is printed: by so much a figure may be wrong at most.
 */
public final class InvalidationLatency {

    private static final int WARM_UP = 5_000;
    private static final int ROUNDS = 10_000;
    private static final int QUESTIONS = 1_000;
    private static final double AIM_MILLIS = 10;

    private InvalidationLatency() {}

    /** Prints a table, and fails if Ralph misses the aim. */
    public static void main(String[] arguments) throws IOException {
        System.out.println("| | p50 | p99 | p99.9 | longest |");
        System.out.println("|---|---|---|---|---|");
        long aimed = 0;
        for (Peer peer : Peer.values()) {
            long[] seen = measure(peer);
            aimed = peer == Peer.RALPH ? at(seen, 0.99) : aimed;
        }
        if (aimed > AIM_MILLIS * 1e6) {
            throw new IllegalStateException("the p99 is " + aimed / 1e6 + " ms; the aim is " + AIM_MILLIS + " ms");
        }
    }

    private static long[] measure(Peer peer) throws IOException {
        long[] seen = new long[ROUNDS];
        long[] returned = new long[ROUNDS];
        try (BenchmarkRedis redis = BenchmarkRedis.start();
                CacheNode changing = peer.open(redis.url(), InvalidationReader.TTL);
                ChildJvm reading = ChildJvm.start(InvalidationReader.class, peer.name(), redis.url())) {
            long within = sameClock(reading);
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                long changes = (long) round + WARM_UP + 1;
                reading.tell(changes);
                reading.hear();
                long start = System.nanoTime();
                changing.changed(InvalidationReader.KEY, changes + 1);
                long told = System.nanoTime();
                long gone = reading.hear();
                if (round >= 0) {
                    seen[round] = gone - start;
                    returned[round] = told - start;
                }
            }
            within = Math.max(within, sameClock(reading));
            Arrays.sort(returned);
            Arrays.sort(seen);
            print(peer.title() + ": the invalidation returns", returned);
            print(peer.title() + ": the other process answers the old value no more", seen);
            System.err.printf("%s: one clock, as far as questions of %d µs can tell%n", peer.title(), within / 1_000);
        }
        return seen;
    }

    /** How long the quickest question took. */
    private static long sameClock(ChildJvm other) throws IOException {
        long quickest = Long.MAX_VALUE;
        for (int question = 0; question < QUESTIONS; question++) {
            long before = System.nanoTime();
            other.tell(InvalidationReader.WHAT_TIME);
            long there = other.hear();
            long after = System.nanoTime();
            if (there - before < 0 || after - there < 0) {
                throw new IllegalStateException("the JVMs of this host do not share a monotonic clock: " + there
                        + " is not from " + before + " to " + after + "; times between them cannot be told");
            }
            quickest = Math.min(quickest, after - before);
        }
        return quickest;
    }

    private static void print(String what, long[] sorted) {
        System.out.printf(
                "| %s | %.2f ms | %.2f ms | %.2f ms | %.2f ms |%n",
                what,
                at(sorted, 0.5) / 1e6,
                at(sorted, 0.99) / 1e6,
                at(sorted, 0.999) / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }

    private static long at(long[] sorted, double part) {
        return sorted[(int) (sorted.length * part)];
    }
}
