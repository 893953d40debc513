/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.CacheUtil;
import com.alicp.jetcache.MultiLevelCache;
import com.alicp.jetcache.SimpleCacheManager;
import com.alicp.jetcache.anno.CacheConsts;
import com.alicp.jetcache.anno.CacheType;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.support.Fastjson2KeyConvertor;
import com.alicp.jetcache.support.JavaValueDecoder;
import com.alicp.jetcache.support.JavaValueEncoder;
import com.alicp.jetcache.template.CacheBuilderTemplate;
import com.alicp.jetcache.template.NotifyMonitorInstaller;
import com.alicp.jetcache.template.QuickConfig;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * JetCache as its documentation has it without Spring: Caffeine in front of Redis through Lettuce, which rejects commands while
 * it is not connected; Java serialisation; two levels, with {@code syncLocal} and a broadcast channel, so that other processes
 * drop what one changes; {@code penetrationProtect}, so that a process loads a key once at a time; no statistics, as by default.
 */
final class JetCacheNode implements CacheNode {

    private static final int ENTRIES = 10_000;
    private static final String CHANNEL = "benchmark";

    private final RedisClient client;
    private final SimpleCacheManager manager;
    private final Cache<String, byte[]> cache;
    private final Cache<String, byte[]> local;

    private JetCacheNode(RedisClient client, SimpleCacheManager manager, Cache<String, byte[]> cache) {
        this.client = client;
        this.manager = manager;
        this.cache = cache;
        this.local = firstLevel(cache);
    }

    static JetCacheNode open(String url, Duration ttl) {
        RedisClient client = RedisClient.create(url);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .build());
        CacheBuilderTemplate builders = new CacheBuilderTemplate(
                true,
                Map.of(
                        CacheConsts.DEFAULT_AREA,
                        CaffeineCacheBuilder.createCaffeineCacheBuilder().keyConvertor(Fastjson2KeyConvertor.INSTANCE)),
                Map.of(
                        CacheConsts.DEFAULT_AREA,
                        RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
                                .keyConvertor(Fastjson2KeyConvertor.INSTANCE)
                                .valueEncoder(JavaValueEncoder.INSTANCE)
                                .valueDecoder(JavaValueDecoder.INSTANCE)
                                .broadcastChannel(CHANNEL)
                                .redisClient(client)
                                .connection(client.connect(ByteArrayCodec.INSTANCE))
                                .pubSubConnection(client.connectPubSub(ByteArrayCodec.INSTANCE))));
        builders.getCacheMonitorInstallers().add(new NotifyMonitorInstaller(area -> builders.getCacheBuilder(1, area)));
        SimpleCacheManager manager = new SimpleCacheManager();
        manager.setCacheBuilderTemplate(builders);
        Cache<String, byte[]> cache = manager.getOrCreateCache(QuickConfig.newBuilder("benchmark.")
                .expire(ttl)
                .localLimit(ENTRIES)
                .cacheType(CacheType.BOTH)
                .syncLocal(true)
                .penetrationProtect(true)
                .build());
        return new JetCacheNode(client, manager, cache);
    }

    @SuppressWarnings("unchecked") // Its levels have the types of the whole.
    private static Cache<String, byte[]> firstLevel(Cache<String, byte[]> cache) {
        return ((MultiLevelCache<String, byte[]>) CacheUtil.getAbstractCache(cache)).caches()[0];
    }

    Cache<String, byte[]> cache() {
        return cache;
    }

    @Override
    public long read(String key, LongSupplier source) {
        return Numbered.number(cache.computeIfAbsent(key, same -> Numbered.value(source.getAsLong())));
    }

    @Override
    public void changed(String key, long changes) {
        cache.remove(key);
    }

    @Override
    public boolean holds(String key) {
        return local.get(key) != null;
    }

    @Override
    public void forget(String key) {
        local.remove(key);
    }

    @Override
    public void close() {
        manager.close();
        client.shutdown();
    }
}
