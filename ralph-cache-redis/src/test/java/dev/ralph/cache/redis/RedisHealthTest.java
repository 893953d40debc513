/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import static dev.ralph.cache.redis.TestRegions.TEXTS;
import static dev.ralph.cache.redis.TestRegions.load;
import static dev.ralph.cache.redis.TestRegions.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Orchestrator;
import dev.ralph.health.CheckResult;
import dev.ralph.health.CheckStatus;
import dev.ralph.health.HealthReport;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a node says of its health whose Redis fails. */
@Tag("integration")
class RedisHealthTest {

    /** Of a probe that says nothing else. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private RedisProcess redis;
    private RedisCaches caches;
    private Orchestrator ralph;
    private Map<String, CheckStatus> others;

    @BeforeEach
    void start() throws Exception {
        redis = RedisProcess.start();
        caches = RedisCaches.builder()
                .url(redis.url())
                .config(RedisCacheConfig.DEFAULT.withConnections(1).withPing(Duration.ofMillis(200)))
                .build();
        ralph = Orchestrator.builder().caches(caches).build();
        soon("Redis to be used", () -> cache().status() == CheckStatus.UP);
        others = others(ralph.health().full());
    }

    @AfterEach
    void stop() throws Exception {
        ralph.close();
        caches.close();
        redis.close();
    }

    @Test
    void aRedisThatIsWellIsToldWithWhatIsKnownOfIt() {
        assertThat(cache().message()).isNull();
        assertThat(cache().details())
                .containsEntry("connected", true)
                .containsEntry("subscribed", true)
                .containsEntry("breakerOpen", false)
                .containsEntry("pendingInvalidations", 0)
                .containsKeys("generations", "failures", "unsweptRegions");
        assertThat(ralph.health().ready().checks()).doesNotContainKey("cache");
    }

    @Test
    void aRedisThatIsKilledDegradesANodeAndTakesItNotOutOfService() throws Exception {
        long generations = caches.status().generations();
        redis.kill();

        soon("the loss to be told", () -> cache().status() == CheckStatus.DEGRADED);
        assertDegraded();
        assertThat(cache().details())
                .hasEntrySatisfying("generations", now -> assertThat((long) now).isGreaterThan(generations));

        redis.startAgain();
        soon("Redis to be used again", () -> cache().status() == CheckStatus.UP);
    }

    @Test
    void aRedisThatIsFrozenIsToldWithoutWaitingForIt() throws Exception {
        redis.freeze();
        load(caches.region(TEXTS), "key", "value", 1);
        caches.region(TEXTS).invalidate("key", 2);

        soon("the silence to be told", () -> cache().status() == CheckStatus.DEGRADED);
        assertDegraded();
        assertThat(cache().details())
                .hasEntrySatisfying(
                        "pendingInvalidations", now -> assertThat((int) now).isPositive());
        assertThat(cache().message()).contains("it is to be told of invalidations");

        redis.thaw();
        soon("Redis to be used again", () -> cache().status() == CheckStatus.UP);
    }

    private void assertDegraded() {
        long begun = System.nanoTime();
        HealthReport full = ralph.health().full();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TIMEOUT);
        assertThat(full.healthy()).isTrue();
        assertThat(full.check("cache").status()).isEqualTo(CheckStatus.DEGRADED);
        assertThat(full.check("cache").message())
                .contains("127.0.0.1:" + redis.port())
                .contains("see that it runs");
        assertThat(others(full)).isEqualTo(others);
        assertThat(ralph.health().ready().healthy()).isTrue();
        assertThat(ralph.health().live().healthy()).isTrue();
    }

    private CheckResult cache() {
        return ralph.health().full().check("cache");
    }

    private static Map<String, CheckStatus> others(HealthReport report) {
        return report.checks().entrySet().stream()
                .filter(check -> !check.getKey().equals("cache"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, check -> check.getValue().status()));
    }
}
