/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.samples.spring.RedisProcess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class RedisBucketsTest {

    private static final RateLimit TEN = RateLimit.of("10/day");

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private RedisProcess redis;
    private RedisClient client;

    @BeforeEach
    void start() throws Exception {
        redis = new RedisProcess(folder);
        client = RedisClient.create("redis://127.0.0.1:" + redis.port());
    }

    @AfterEach
    void stop() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        redis.close();
    }

    @Test
    void instancesCountTogetherHoweverManyAskAtOnce() throws Exception {
        RateLimit limit = RateLimit.of("50/day");
        List<RateLimiter> instances = List.of(limiter(Duration.ofSeconds(30)), limiter(Duration.ofSeconds(30)));
        instances.forEach(this::awaitRedis);
        double before = countedLocally();
        ConcurrentLinkedQueue<Boolean> answers = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 100; i++) {
            RateLimiter instance = instances.get(i % 2);
            threads.execute(
                    () -> answers.add(instance.take("principal", "alice", limit).allowed()));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

        assertThat(answers).hasSize(100);
        assertThat(answers.stream().filter(allowed -> allowed).count()).isEqualTo(50);
        assertThat(countedLocally()).isEqualTo(before);
    }

    @Test
    void whatIsCountedIsForgottenInTime() {
        RateLimiter limiter = limiter(Duration.ofSeconds(30));
        awaitRedis(limiter);
        limiter.take("address", "203.0.113.9", RateLimit.of("10/minute"));

        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            List<String> keys = connection.sync().keys("ralph:host:rate:address:*");
            assertThat(keys).containsExactly("ralph:host:rate:address:10/60:203.0.113.9");
            assertThat(connection.sync().pttl(keys.get(0))).isBetween(1L, 80_000L);
        }
    }

    @Test
    void whileRedisIsAwayEachInstanceCountsByItselfAndNeverLetsAllThrough() throws Exception {
        RateLimiter limiter = limiter();
        awaitRedis(limiter);
        double before = countedLocally();
        redis.kill();

        long allowed = 0;
        for (int i = 0; i < 100; i++) {
            allowed += limiter.take("principal", "alice", TEN).allowed() ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(10);
        assertThat(countedLocally()).isEqualTo(before + 100);

        redis.startAgain();
        awaitRedis(limiter);
    }

    @Test
    void aRedisThatHangsHoldsNobodyUpForLong() throws Exception {
        RateLimiter limiter = limiter();
        awaitRedis(limiter);
        double before = countedLocally();
        redis.freeze();
        try {
            long begin = System.nanoTime();
            for (int i = 0; i < 50; i++) {
                limiter.take("principal", "alice", TEN);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            assertThat(countedLocally()).isEqualTo(before + 50);
        } finally {
            redis.thaw();
        }
    }

    @Test
    void withoutRedisAtTheStartItIsTakenUpWhenItComes() throws Exception {
        redis.kill();
        RateLimiter limiter = limiter();
        assertThat(limiter.take("principal", "alice", TEN).allowed()).isTrue();
        assertThat(countedLocally()).isEqualTo(1);

        redis.startAgain();
        awaitRedis(limiter);
    }

    private RateLimiter limiter() {
        return limiter(RedisBuckets.TIMEOUT);
    }

    private RateLimiter limiter(Duration timeout) {
        return new RateLimiter(
                new LocalBuckets(), new RedisBuckets(() -> client, meters, timeout), InstantSource.system());
    }

    /** Waits until a request is counted in Redis. */
    private void awaitRedis(RateLimiter limiter) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            double before = countedLocally();
            limiter.take("principal", "bob", RateLimit.of("1000000/day"));
            assertThat(countedLocally()).isEqualTo(before);
        });
    }

    private double countedLocally() {
        return meters.get(RedisBuckets.COUNTED_LOCALLY).counter().count();
    }
}
