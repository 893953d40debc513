/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.async.RedisKeyAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Takes what regions dropped out of the memory of Redis, for it does not count any more, but may be what somebody wants gone.
 * Regions may ask at any time; {@link #run} is for one thread.
 */
final class RedisSweep {

    private static final int PAGE = 500;

    private final RedisLink link;
    private final RedisCacheConfig config;

    /** How often each was asked for. */
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    RedisSweep(RedisLink link, RedisCacheConfig config) {
        this.link = link;
        this.config = config;
    }

    /** A region was dropped. */
    void ask(String region) {
        asked.merge(region, 1L, Long::sum);
    }

    /** How many regions have bytes in Redis that do not count any more. */
    int size() {
        return asked.size();
    }

    /**
     * Looks through all servers. Blocks while they answer.
     *
     * @throws Exception if one does not answer in time: all is done again then
     */
    void run() throws Exception {
        Map<String, Long> regions = Map.copyOf(asked);
        if (regions.isEmpty()) {
            return;
        }
        for (RedisKeyAsyncCommands<byte[], byte[]> server : link.masters()) {
            sweep(server, regions.keySet());
        }
        // One that was asked for again meanwhile stays.
        regions.forEach(asked::remove);
    }

    private void sweep(RedisKeyAsyncCommands<byte[], byte[]> server, Set<String> regions) throws Exception {
        ScanArgs args = ScanArgs.Builder.matches(config.keyPrefix() + ":{*").limit(PAGE);
        ScanCursor at = ScanCursor.INITIAL;
        do {
            KeyScanCursor<byte[]> page = await(server.scan(at, args).toCompletableFuture());
            for (List<byte[]> keys : byBucket(page.getKeys(), regions)) {
                await(link.send(RedisScript.SWEEP, keys));
            }
            at = page;
        } while (!at.isFinished());
    }

    private <T> T await(CompletableFuture<T> answer) throws Exception {
        return answer.get(config.callTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Each begins with the key of the bucket. */
    private Iterable<List<byte[]>> byBucket(List<byte[]> names, Set<String> regions) {
        Map<String, List<byte[]>> buckets = new HashMap<>();
        Set<String> prefixes = new HashSet<>();
        regions.forEach(region -> prefixes.add(RedisTier.prefix(config, region)));
        for (byte[] name : names) {
            String text = new String(name, StandardCharsets.UTF_8);
            int end = text.indexOf("}:");
            int number = text.lastIndexOf('.', Math.max(0, end));
            if (end > 0 && number > 0 && prefixes.contains(text.substring(0, number + 1))) {
                String bucket = text.substring(0, end + 1);
                buckets.computeIfAbsent(
                                bucket, same -> new ArrayList<>(List.of(bucket.getBytes(StandardCharsets.UTF_8))))
                        .add(name);
            }
        }
        return buckets.values();
    }
}
