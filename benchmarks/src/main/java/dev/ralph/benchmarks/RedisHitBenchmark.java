/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import dev.ralph.cache.Loaded;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A value of 2 kB that is in Redis and not in this process, against a bare GET through the same client, and JetCache. Both caches
 * forget what the process holds first, which counts.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RedisHitBenchmark {

    private static final String KEY = "key";
    private static final Duration LONG = Duration.ofHours(1);

    private final BenchmarkRedis redis = BenchmarkRedis.start();
    private final RalphNode ralph = RalphNode.open(redis.url(), LONG);
    private final JetCacheNode jetCache = JetCacheNode.open(redis.url(), LONG);
    private final RedisClient client = RedisClient.create(redis.url());
    private final StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);
    private final RedisCommands<byte[], byte[]> commands = connection.sync();
    private final byte[] key = KEY.getBytes(StandardCharsets.UTF_8);

    /** Puts the value where each benchmark looks for it. */
    @Setup
    public void keep() {
        byte[] value = new byte[BenchmarkRedis.VALUE_BYTES];
        commands.set(key, value);
        ralph.cache().get(KEY, () -> Loaded.of(value, 1));
        jetCache.cache().put(KEY, value);
    }

    /** Ends Redis. */
    @TearDown
    public void end() {
        ralph.close();
        jetCache.close();
        client.shutdown();
        redis.close();
    }

    /** What the least that a second tier can do takes. */
    @Benchmark
    public byte @Nullable [] bareGet() {
        return commands.get(key);
    }

    /** Version, age and stamp compared, and the value kept in this process. */
    @Benchmark
    public byte @Nullable [] hitInRedis() {
        ralph.forget(KEY);
        return ralph.cache().get(KEY, RedisHitBenchmark::missing).value();
    }

    /** The same of JetCache. */
    @Benchmark
    public byte @Nullable [] jetCacheHitInRedis() {
        jetCache.forget(KEY);
        return jetCache.cache().computeIfAbsent(KEY, same -> {
            throw new IllegalStateException("the value was not in Redis");
        });
    }

    private static Loaded<byte[]> missing() {
        throw new IllegalStateException("the value was not in Redis");
    }
}
