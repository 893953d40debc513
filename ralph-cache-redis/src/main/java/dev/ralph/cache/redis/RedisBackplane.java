/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import dev.ralph.cache.CacheCodec;
import dev.ralph.cache.CacheCounters;
import dev.ralph.cache.CacheRegion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** What the regions of one process share: the way to Redis, and to the other processes. Thread-safe. */
final class RedisBackplane {

    private final RedisLink link;
    private final RedisCacheConfig config;
    private final String node;
    private final RedisSweep sweep;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong told = new AtomicLong();

    RedisBackplane(RedisLink link, RedisCacheConfig config, String node) {
        this.link = link;
        this.config = config;
        this.node = node;
        this.sweep = new RedisSweep(link, config);
    }

    /** Who this process is among those that share Redis. */
    String node() {
        return node;
    }

    String channel() {
        return config.keyPrefix() + ":invalidations";
    }

    RedisSweep sweep() {
        return sweep;
    }

    Budget budget() {
        return new Budget(config.callTimeout());
    }

    <V> RedisTier<V> tier(CacheRegion<V> region, CacheCodec<V> codec, CacheCounters counters) {
        return new RedisTier<>(region, codec, link, counters, config, channel());
    }

    /** Tells everybody. Returns whether Redis did. */
    boolean tell(Message message, Budget budget) {
        return link.call(RedisScript.TELL, budget, route(), bytes(channel()), bytes(message.text()))
                .value()
                .isPresent();
    }

    /** Tells everybody, and does not wait. */
    CompletableFuture<List<Object>> send(Message message) {
        return link.send(RedisScript.TELL, route(), bytes(channel()), bytes(message.text()));
    }

    /** By another server of a cluster each time. */
    private List<byte[]> route() {
        return List.of(bytes(config.keyPrefix() + ":{tell." + told.incrementAndGet() % 1000 + "}"));
    }

    void countSent() {
        sent.incrementAndGet();
    }

    long sent() {
        return sent.get();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
