/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import static dev.ralph.cache.redis.TestRegions.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Orchestrator;
import dev.ralph.RunQuery;
import dev.ralph.cache.OuterTierStatus;
import dev.ralph.metrics.RalphMetricNames;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How it stands with Redis, as a host's metrics show it. */
@Tag("integration")
class RedisMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void whetherRedisIsThereIsShownAndWhatTheCachesDid() throws Exception {
        try (RedisProcess redis = RedisProcess.start();
                RedisCaches caches = RedisCaches.builder()
                        .url(redis.url())
                        .config(RedisCacheConfig.DEFAULT.withConnections(1).withCallTimeout(Duration.ofSeconds(10)))
                        .build();
                Orchestrator ralph = Orchestrator.builder()
                        .caches(caches)
                        .meterRegistry(registry)
                        .build()) {
            ralph.list(RunQuery.NEWEST);
            ralph.list(RunQuery.NEWEST);

            assertThat(gauge(RalphMetricNames.CACHE_CONNECTED)).isEqualTo(1);
            assertThat(gauge(RalphMetricNames.CACHE_SUBSCRIBED)).isEqualTo(1);
            assertThat(gauge(RalphMetricNames.CACHE_BREAKER_OPEN)).isZero();
            assertThat(gauge(RalphMetricNames.CACHE_PENDING)).isZero();
            assertThat(requests("miss")).isEqualTo(1);
            assertThat(requests("hit")).isEqualTo(1);
            assertThat(registry.get(RalphMetricNames.CACHE_LOADS)
                            .tags("cache", "lists")
                            .functionTimer()
                            .count())
                    .isEqualTo(1);

            redis.kill();
            soon("the loss of Redis", () -> gauge(RalphMetricNames.CACHE_CONNECTED) == 0);
        }
    }

    @Test
    void theStatusOfTheOuterTierIsThatOfRedis() throws Exception {
        try (RedisProcess redis = RedisProcess.start();
                RedisCaches caches = RedisCaches.builder().url(redis.url()).build()) {
            RedisCacheStatus status = caches.status();

            assertThat(caches.outerTier())
                    .contains(new OuterTierStatus(
                            status.connected(),
                            status.subscribed(),
                            status.breakerOpen(),
                            status.pending(),
                            status.invalidationsSent(),
                            status.invalidationsReceived()));
        }
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private double requests(String result) {
        return registry.get(RalphMetricNames.CACHE_REQUESTS)
                .tags("cache", "lists", "result", result)
                .functionCounter()
                .count();
    }
}
