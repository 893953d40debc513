/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What is told to all processes, without the pings by which Ralph's see that they hear.
 *
 * @param loads messages for {@link #CALLS} loads
 * @param changes messages for as many invalidations
 */
record Broadcasts(int loads, int changes) {

    static final int CALLS = 1_000;

    private static final Duration TTL = Duration.ofHours(1);
    private static final long SETTLING_NANOS = 1_000_000_000;

    static Broadcasts count(Peer peer) {
        try (BenchmarkRedis redis = BenchmarkRedis.start();
                CacheNode node = peer.open(redis.url(), TTL);
                Ear ear = new Ear(redis.url())) {
            for (int call = 0; call < CALLS; call++) {
                node.read("key-" + call, () -> 1);
            }
            int loads = ear.heard();
            for (int call = 0; call < CALLS; call++) {
                node.changed("key-" + call, 2);
            }
            return new Broadcasts(loads, ear.heard() - loads);
        }
    }

    /** Hears every message. */
    private static final class Ear extends RedisPubSubAdapter<String, String> implements AutoCloseable {

        private final AtomicInteger heard = new AtomicInteger();
        private final RedisClient client;

        Ear(String url) {
            client = RedisClient.create(url);
            StatefulRedisPubSubConnection<String, String> connection = client.connectPubSub();
            connection.addListener(this);
            connection.sync().psubscribe("*");
        }

        @Override
        public void message(String pattern, String channel, String message) {
            if (!message.contains(" ping ")) {
                heard.incrementAndGet();
            }
        }

        /** Once all of it has arrived. */
        int heard() {
            LockSupport.parkNanos(SETTLING_NANOS);
            return heard.get();
        }

        @Override
        public void close() {
            client.shutdown();
        }
    }
}
