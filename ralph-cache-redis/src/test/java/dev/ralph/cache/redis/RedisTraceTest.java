/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import static dev.ralph.cache.redis.TestRegions.TEXTS;
import static dev.ralph.cache.redis.TestRegions.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Loaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long what loads and invalidations leave in Redis counts, with nothing in front of it. */
@Tag("integration")
class RedisTraceTest {

    private static RedisProcess redis;

    private RedisLink link;

    @BeforeAll
    static void startRedis() throws Exception {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void open() throws Exception {
        redis.command("FLUSHALL");
        link = TestRegions.link(redis);
    }

    @AfterEach
    void close() {
        link.close();
    }

    private RedisTier<String> tier(CacheRegion<String> region) {
        return TestRegions.tier(region, link);
    }

    private static Budget budget() {
        return new Budget(Duration.ofSeconds(10));
    }

    @Test
    void aLoadThatArrivesAfterTheTraceOfAnInvalidationIsGoneIsNotKept() throws Exception {
        CacheRegion<String> brief = TEXTS.withTtl(Duration.ofMillis(300), Duration.ofMillis(300));
        RedisTier<String> tier = tier(brief);
        String early = tier.read("key", Loaded.NONE, budget()).stamp();
        tier.outdate("key", 2, new Message.Emptied("nobody", "none"), budget());
        soon("the trace to be gone", () -> commandOf("KEYS *texts*key").startsWith("*0"));

        tier.write("key", Loaded.of("old", 1), early, brief.ttl(), budget());

        assertThat(tier.read("key", Loaded.NONE, budget()).found()).isNull();
    }

    @Test
    void aLoadThatIsOlderThanTheTraceLastsIsNotKeptThoughItsSignIsStillThere() throws Exception {
        CacheRegion<String> brief = TEXTS.withTtl(Duration.ofMillis(300), Duration.ofMillis(300));
        RedisTier<String> tier = tier(brief);
        RedisTier<String> lasting = tier(TEXTS);
        String early = tier.read("key", Loaded.NONE, budget()).stamp();
        lasting.read("key", Loaded.NONE, budget());
        long began = System.nanoTime();
        soon(
                "the TTL to pass",
                () -> System.nanoTime() - began > Duration.ofMillis(310).toNanos());

        tier.write("key", Loaded.of("old", 1), early, TEXTS.ttl(), budget());

        assertThat(lasting.read("key", Loaded.NONE, budget()).found()).isNull();
    }

    @Test
    void aLoadThatBeganByAClockThatIsAheadIsNotKept() {
        RedisTier<String> tier = tier(TEXTS);
        String stamp =
                Objects.requireNonNull(tier.read("key", Loaded.NONE, budget()).stamp());

        tier.write("key", Loaded.of("old", 1), stamp.replaceAll("\\d+$", "9999999999999"), TEXTS.ttl(), budget());
        assertThat(tier.read("key", Loaded.NONE, budget()).found()).isNull();

        tier.write("key", Loaded.of("new", 1), stamp, TEXTS.ttl(), budget());
        assertThat(tier.read("key", Loaded.NONE, budget()).found()).isNotNull();
    }

    @Test
    void theAgeOfALoadedValueCountsFromWhenItsLoadBegan() {
        RedisTier<String> tier = tier(TEXTS);
        String stamp = tier.read("key", Loaded.NONE, budget()).stamp();
        long began = System.nanoTime();
        soon(
                "some time to pass",
                () -> System.nanoTime() - began > Duration.ofMillis(100).toNanos());

        tier.write("key", Loaded.of("value", 1), stamp, TEXTS.ttl(), budget());

        Loaded<String> found =
                Objects.requireNonNull(tier.read("key", Loaded.NONE, budget()).found());
        assertThat(found.age()).isGreaterThanOrEqualTo(Duration.ofMillis(99));
    }

    @Test
    void whoHasAShorterTtlIsNotAnsweredWithWhatIsOlder() {
        RedisTier<String> lasting = tier(TEXTS);
        lasting.write("key", Loaded.of("value", 1).aged(Duration.ofSeconds(10)), null, TEXTS.ttl(), budget());
        RedisTier<String> brief = tier(TEXTS.withTtl(Duration.ofSeconds(5), Duration.ofSeconds(5)));

        assertThat(brief.read("key", Loaded.NONE, budget()).found()).isNull();
        assertThat(lasting.read("key", Loaded.NONE, budget()).found()).isNotNull();
    }

    @Test
    void theTraceOfAnInvalidationLastsForTheLongestTtlOfThoseWhoRead() {
        tier(TEXTS).read("key", Loaded.NONE, budget());

        tier(TEXTS.withTtl(Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .outdate("key", 2, new Message.Emptied("nobody", "none"), budget());
        tier(TEXTS).write("key", Loaded.of("old", 1), null, TEXTS.ttl(), budget());

        String entry =
                commandOf("KEYS *:{texts.*:key").lines().skip(2).findFirst().orElseThrow();
        long left = Long.parseLong(
                commandOf("PTTL " + entry).lines().findFirst().orElseThrow().substring(1));
        assertThat(left).isGreaterThan(50_000);
        assertThat(Long.parseLong(commandOf("HGET " + entry + " fu")
                                .lines()
                                .skip(1)
                                .findFirst()
                                .orElseThrow())
                        - System.currentTimeMillis())
                .isGreaterThan(50_000);
    }

    private static String commandOf(String words) {
        try {
            return redis.command(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
