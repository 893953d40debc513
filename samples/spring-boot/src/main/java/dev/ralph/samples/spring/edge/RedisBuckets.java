/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buckets in Redis, shared by all instances. A request never waits longer than a time-out for Redis, nor for a connection
 * at all; after a failure nobody asks for {@link #PAUSE}.
 */
final class RedisBuckets implements AutoCloseable {

    /** Requests that were counted in the process because Redis was away. */
    static final String COUNTED_LOCALLY = "ralph.host.rate.limit.local";

    private static final Logger LOG = LoggerFactory.getLogger(RedisBuckets.class);

    /** How long a request waits for Redis at most. */
    static final Duration TIMEOUT = Duration.ofMillis(250);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration FIRST_CONNECTION = Duration.ofSeconds(1);
    private static final Duration KEPT_LONGER = Duration.ofSeconds(10);
    private static final String PREFIX = "ralph:host:rate:";

    private final Supplier<AbstractRedisClient> client;
    private final Duration timeout;
    private final Counter countedLocally;
    private final AtomicBoolean connecting = new AtomicBoolean();
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicLong askAgainAt = new AtomicLong(System.nanoTime());
    private volatile @Nullable StatefulConnection<String, byte[]> connection;
    private volatile @Nullable ProxyManager<String> buckets;
    private volatile boolean closed;

    /**
     * Connects in the background; waits a moment for it, so that the first requests are counted where the others are.
     *
     * @param client the host's own, as {@code spring.data.redis.*} describes it
     * @param timeout how long a request waits at most
     */
    RedisBuckets(Supplier<AbstractRedisClient> client, MeterRegistry meters, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
        this.countedLocally = Counter.builder(COUNTED_LOCALLY)
                .description("Requests whose rate was limited in this process because Redis was away")
                .register(meters);
        CountDownLatch tried = connect();
        try {
            if (!tried.await(FIRST_CONNECTION.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("Redis does not answer yet; rates are limited in this process until it does");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Counts a request, or answers null if Redis is away. */
    @Nullable ConsumptionProbe take(String key, BucketConfiguration configuration) {
        ProxyManager<String> shared = buckets;
        if (System.nanoTime() - askAgainAt.get() < 0) {
            countedLocally.increment();
            return null;
        }
        if (shared == null) {
            connect();
            countedLocally.increment();
            return null;
        }
        try {
            ConsumptionProbe probe =
                    shared.getProxy(PREFIX + key, () -> configuration).tryConsumeAndReturnRemaining(1);
            if (away.compareAndSet(true, false)) {
                LOG.info("Redis answers again; rates are limited for all instances together");
            }
            return probe;
        } catch (RuntimeException e) {
            failed(e);
            countedLocally.increment();
            return null;
        }
    }

    private void failed(Exception failure) {
        askAgainAt.set(System.nanoTime() + PAUSE.toNanos());
        if (away.compareAndSet(false, true)) {
            LOG.warn(
                    "Redis cannot be asked ({}); rates are limited in each instance by itself until it answers",
                    failure.getClass().getSimpleName());
        }
    }

    private CountDownLatch connect() {
        CountDownLatch tried = new CountDownLatch(1);
        if (closed || !connecting.compareAndSet(false, true)) {
            return tried;
        }
        Thread thread = new Thread(
                () -> {
                    try {
                        open();
                    } catch (RuntimeException e) {
                        failed(e);
                    } finally {
                        connecting.set(false);
                        tried.countDown();
                    }
                },
                "ralph-host-rate-redis");
        thread.setDaemon(true);
        thread.start();
        return tried;
    }

    private void open() {
        RedisCodec<String, byte[]> codec = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
        AbstractRedisClient redis = client.get();
        if (redis instanceof RedisClusterClient cluster) {
            StatefulRedisClusterConnection<String, byte[]> opened = cluster.connect(codec);
            connection = opened;
            buckets = configured(Bucket4jLettuce.casBasedBuilder(opened));
        } else if (redis instanceof RedisClient single) {
            StatefulRedisConnection<String, byte[]> opened = single.connect(codec);
            connection = opened;
            buckets = configured(Bucket4jLettuce.casBasedBuilder(opened));
        } else {
            throw new IllegalStateException("no client of a server or a cluster: " + redis.getClass());
        }
    }

    private ProxyManager<String> configured(Bucket4jLettuce.LettuceBasedProxyManagerBuilder<String> builder) {
        return builder.requestTimeout(timeout)
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_LONGER))
                .build();
    }

    @Override
    public void close() {
        closed = true;
        StatefulConnection<String, byte[]> open = connection;
        if (open != null && open.isOpen()) {
            open.close();
        }
    }
}
