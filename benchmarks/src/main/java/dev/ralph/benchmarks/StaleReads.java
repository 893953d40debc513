/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What a process answers of a key that another changes while a connection of one of them is harmed: it reads a thousand times a
 * second, from just before until it has answered the new value for a while.
 *
 * @param reads after the change was made and the changing process had told its cache
 * @param stale those that were answered with the old value
 * @param last how long after the change the last of these was
 */
record StaleReads(long reads, long stale, Duration last) {

    /** What anything is stale for at most, as both are told. */
    static final Duration TTL = Duration.ofSeconds(10);

    /** How long a connection that is cut stays so. */
    static final Duration OUTAGE = Duration.ofSeconds(3);

    private static final String KEY = "key";
    private static final Duration LEAD = Duration.ofMillis(1_500);
    private static final Duration CALM = Duration.ofSeconds(3);
    private static final long PAUSE_NANOS = 1_000_000;

    /** Which connection is harmed. */
    enum Harm {
        SUBSCRIPTION_CUT("the reader's subscription is cut, and can be made again after 3 s") {
            @Override
            void begin(RedisRelay ofChanger, RedisRelay ofReader) throws IOException {
                ofReader.harm(RedisRelay.Fault.SUBSCRIPTION_CUT);
            }
        },
        SUBSCRIPTION_LOST("the reader's subscription is lost without a sign, and can be made again at once") {
            @Override
            void begin(RedisRelay ofChanger, RedisRelay ofReader) {
                ofReader.loseSubscriptions();
            }
        },
        CHANGER_CUT("the changer's connections are cut, and can be made again after 3 s") {
            @Override
            void begin(RedisRelay ofChanger, RedisRelay ofReader) throws IOException {
                ofChanger.harm(RedisRelay.Fault.ALL_CUT);
            }
        };

        private final String title;

        Harm(String title) {
            this.title = title;
        }

        abstract void begin(RedisRelay ofChanger, RedisRelay ofReader) throws IOException;

        String title() {
            return title;
        }
    }

    /** One change under one harm. */
    static StaleReads measure(Peer peer, Harm harm) throws IOException {
        try (BenchmarkRedis redis = BenchmarkRedis.start();
                RedisRelay ofChanger = RedisRelay.to(redis);
                RedisRelay ofReader = RedisRelay.to(redis);
                CacheNode changing = peer.open(ofChanger.url(), TTL);
                CacheNode reading = peer.open(ofReader.url(), TTL)) {
            AtomicLong source = new AtomicLong(1);
            changing.read(KEY, source::get);
            reading.read(KEY, source::get);
            harm.begin(ofChanger, ofReader);
            for (long begin = System.nanoTime(); System.nanoTime() - begin < LEAD.toNanos(); ) {
                reading.read(KEY, source::get);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            source.set(2);
            changing.changed(KEY, 2);
            return watch(reading, source, ofChanger, ofReader);
        }
    }

    private static StaleReads watch(CacheNode reading, AtomicLong source, RedisRelay ofChanger, RedisRelay ofReader)
            throws IOException {
        long changed = System.nanoTime();
        long reads = 0;
        long stale = 0;
        long last = 0;
        boolean harmed = true;
        long passed = 0;
        while (harmed || passed - Math.max(last, OUTAGE.toNanos()) < CALM.toNanos()) {
            if (harmed && passed > OUTAGE.toNanos()) {
                ofChanger.harm(RedisRelay.Fault.NONE);
                ofReader.harm(RedisRelay.Fault.NONE);
                harmed = false;
            }
            boolean old = reading.read(KEY, source::get) < source.get();
            passed = System.nanoTime() - changed;
            reads++;
            if (old) {
                stale++;
                last = passed;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return new StaleReads(reads, stale, Duration.ofNanos(last));
    }

    /** Two changes under the same harm, as one. */
    StaleReads and(StaleReads other) {
        return new StaleReads(
                reads + other.reads, stale + other.stale, last.compareTo(other.last) > 0 ? last : other.last);
    }

    @Override
    public String toString() {
        return "%,d of %,d reads, the last %.1f s after the change".formatted(stale, reads, last.toMillis() / 1e3);
    }
}
