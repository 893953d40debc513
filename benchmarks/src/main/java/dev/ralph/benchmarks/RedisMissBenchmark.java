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
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A value of 2 kB that is nowhere, loaded (which takes no time here) and kept in both tiers, against a bare GET and SET through the
 * same client, and JetCache. Each key is new.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RedisMissBenchmark {

    private static final Duration LONG = Duration.ofHours(1);

    private final BenchmarkRedis redis = BenchmarkRedis.start();
    private final RalphNode ralph = RalphNode.open(redis.url(), LONG);
    private final JetCacheNode jetCache = JetCacheNode.open(redis.url(), LONG);
    private final RedisClient client = RedisClient.create(redis.url());
    private final StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);
    private final RedisCommands<byte[], byte[]> commands = connection.sync();
    private final byte[] value = new byte[BenchmarkRedis.VALUE_BYTES];
    private long next;

    /** Keeps Redis small. */
    @Setup(Level.Iteration)
    public void empty() {
        commands.flushall();
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
    public @Nullable String bareGetAndSet() {
        byte[] key = key().getBytes(StandardCharsets.UTF_8);
        return commands.get(key) == null ? commands.psetex(key, LONG.toMillis(), value) : null;
    }

    /** Asked for with a stamp, and kept if the stamp still holds. */
    @Benchmark
    public byte @Nullable [] missAndLoad() {
        return ralph.cache().get(key(), () -> Loaded.of(value, 1)).value();
    }

    /** The same of JetCache. */
    @Benchmark
    public byte @Nullable [] jetCacheMissAndLoad() {
        return jetCache.cache().computeIfAbsent(key(), same -> value);
    }

    private String key() {
        next++;
        return "key-" + next;
    }
}
