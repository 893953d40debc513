/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Loaded;
import dev.ralph.cache.MemoryCaches;
import java.time.Duration;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * What a hit in the memory of the process costs, beside what Caffeine by itself takes for one, and JetCache. Ralph's counts;
 * JetCache's does not, as by default.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(2)
public class CacheHitBenchmark {

    private static final int KEYS = 1_024;

    /** As many entries as a region holds by default: a cache that is half full also notes which are used. */
    private static final int ROOM = 10_000;

    private static final Duration LONG = Duration.ofHours(1);

    private final String[] keys =
            IntStream.range(0, KEYS).mapToObj(number -> "run-" + number).toArray(String[]::new);
    private final ConcurrentMap<String, String> bare =
            Caffeine.newBuilder().maximumSize(ROOM).<String, String>build().asMap();
    private final com.github.benmanes.caffeine.cache.Cache<String, String> counting = Caffeine.newBuilder()
            .maximumSize(ROOM)
            .expireAfterWrite(LONG)
            .recordStats()
            .build();
    private final Cache<String> region = new MemoryCaches()
            .region(CacheRegion.<String>local("runs", String::length, LONG).withLimits(ROOM, 1_000));
    private final byte[] value = new byte[BenchmarkRedis.VALUE_BYTES];
    private final BenchmarkRedis redis = BenchmarkRedis.start();
    private final RalphNode ralph = RalphNode.open(redis.url(), LONG);
    private final JetCacheNode jetCache = JetCacheNode.open(redis.url(), LONG);
    private int next;

    /** Fills all of them. */
    @Setup
    public void fill() {
        for (String key : keys) {
            bare.put(key, "value");
            counting.put(key, "value");
            region.get(key, CacheHitBenchmark::load);
            ralph.cache().get(key, this::loadBytes);
            jetCache.cache().computeIfAbsent(key, same -> value);
        }
    }

    /** Ends Redis. */
    @TearDown
    public void end() {
        ralph.close();
        jetCache.close();
        redis.close();
    }

    /** Caffeine that does nothing but hold a number of entries. */
    @Benchmark
    public @Nullable String bareCaffeine() {
        return bare.get(key());
    }

    /** Caffeine that counts, and lets entries run out. */
    @Benchmark
    public @Nullable String caffeineWithTtlAndStatistics() {
        return counting.getIfPresent(key());
    }

    /** A region: versions, TTL and counters. */
    @Benchmark
    public @Nullable String regionHit() {
        return region.get(key(), CacheHitBenchmark::load).value();
    }

    /** The same in front of Redis. */
    @Benchmark
    public byte @Nullable [] regionBeforeRedisHit() {
        return ralph.cache().get(key(), this::loadBytes).value();
    }

    /** JetCache in front of Redis. */
    @Benchmark
    public byte @Nullable [] jetCacheHit() {
        return jetCache.cache().computeIfAbsent(key(), same -> value);
    }

    private String key() {
        next = (next + 1) & (KEYS - 1);
        return keys[next];
    }

    private static Loaded<String> load() {
        return Loaded.of("value", 1);
    }

    private Loaded<byte[]> loadBytes() {
        return Loaded.of(value, 1);
    }
}
