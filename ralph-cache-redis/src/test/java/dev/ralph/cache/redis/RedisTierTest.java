/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import static dev.ralph.cache.redis.TestRegions.TEXTS;
import static dev.ralph.cache.redis.TestRegions.finding;
import static dev.ralph.cache.redis.TestRegions.load;
import static dev.ralph.cache.redis.TestRegions.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Cached;
import dev.ralph.cache.Loaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What comes late does not come back by way of Redis, though the messages that would tell of it are lost. */
@Tag("integration")
class RedisTierTest {

    private static RedisProcess redis;
    private static Relay relay;

    private RedisCaches deaf;
    private RedisCaches other;
    private RedisCaches third;
    private RedisLink link;
    private Cache<String> here;
    private Cache<String> elsewhere;

    @BeforeAll
    static void startRedis() throws Exception {
        redis = RedisProcess.start();
        relay = Relay.to(redis);
    }

    @AfterAll
    static void stopRedis() throws Exception {
        relay.close();
        redis.close();
    }

    @BeforeEach
    void open() throws Exception {
        redis.command("FLUSHALL");
        deaf = open(relay.url());
        other = open(redis.url());
        third = open(redis.url());
        here = deaf.region(TEXTS);
        elsewhere = other.region(TEXTS);
        link = TestRegions.link(redis);
        // From here on it hears of nothing, and for a minute does not know that.
        relay.muteSubscriptions();
    }

    private static RedisCaches open(String url) {
        return open(url, Duration.ofMinutes(1));
    }

    private static RedisCaches open(String url, Duration ping) {
        return RedisCaches.builder()
                .url(url)
                .config(RedisCacheConfig.DEFAULT
                        .withConnections(1)
                        .withPing(ping)
                        .withCallTimeout(Duration.ofSeconds(10)))
                .build();
    }

    @AfterEach
    void close() {
        relay.heal();
        link.close();
        deaf.close();
        other.close();
        third.close();
    }

    /** Loads here, and lets something happen between the reading of the source and the keeping of what was read. */
    private Cached<String> loadWhile(Loaded<String> found, Runnable event) {
        return here.get("key", () -> {
            event.run();
            return found;
        });
    }

    private String answeredToAThird(long version) {
        return load(third.region(TEXTS), "key", "from the source", version);
    }

    @Test
    void aLoadThatNothingHappensDuringIsKept() {
        loadWhile(Loaded.of("loaded", 1), () -> {});

        assertThat(answeredToAThird(1)).isEqualTo("loaded");
    }

    @Test
    void aLateLoadBelowTheVersionOfAnInvalidationIsNotKept() {
        loadWhile(Loaded.of("late", 1), () -> elsewhere.invalidate("key", 2));

        assertThat(answeredToAThird(2)).isEqualTo("from the source");
    }

    @Test
    void aLateLoadAfterAnInvalidationWithoutVersionIsNotKept() {
        loadWhile(Loaded.of("late", 1), () -> elsewhere.invalidate("key"));

        assertThat(answeredToAThird(1)).isEqualTo("from the source");
    }

    @Test
    void aLateLoadAfterAnInvalidationOfAllIsNotKept() {
        loadWhile(Loaded.of("late", 1), elsewhere::invalidateAll);

        assertThat(answeredToAThird(1)).isEqualTo("from the source");
    }

    @Test
    void aLateLoadIsNotKeptIfRedisLostWhatItKnewOfTheInvalidation() {
        loadWhile(Loaded.of("late", 1), () -> {
            elsewhere.invalidate("key", 2);
            command("FLUSHALL");
        });

        assertThat(answeredToAThird(2)).isEqualTo("from the source");
    }

    @Test
    void aLateLoadDoesNotReplaceWhatWasLoadedAfterTheInvalidation() {
        loadWhile(Loaded.of("late", 1), () -> {
            elsewhere.invalidate("key");
            load(elsewhere, "key", "newer", 1);
        });

        assertThat(answeredToAThird(1)).isEqualTo("newer");
    }

    @Test
    void aLateLoadThatThereIsNoneDoesNotHideWhatWasMade() {
        loadWhile(Loaded.none(), () -> elsewhere.invalidate("key", 1));

        assertThat(answeredToAThird(1)).isEqualTo("from the source");
    }

    @Test
    void aPutThatComesAfterAnInvalidationIsNotKept() {
        elsewhere.invalidate("key");
        here.put("key", Loaded.of("late", 1), Duration.ofMinutes(1));
        assertThat(answeredToAThird(1)).isEqualTo("from the source");

        here.put("key", Loaded.of("newer", 2), Duration.ofMinutes(1));
        third.evictAll();
        assertThat(answeredToAThird(2)).isEqualTo("newer");
    }

    @Test
    void whatOneEvictsStaysInRedisForTheOthers() {
        load(elsewhere, "key", "newest", 2);

        here.evict("key");
        // What it told Redis before that, Redis has done.
        load(here, "another", "loaded", 1);

        assertThat(answeredToAThird(2)).isEqualTo("newest");
        assertThat(load(here, "key", "loaded", 2)).as("to who evicted it").isEqualTo("loaded");
        assertThat(deaf.status().pending()).isZero();
    }

    @Test
    void aLoadIsNotKeptIfRedisGaveUpTheTraceOfAnInvalidation() {
        loadWhile(Loaded.of("late", 1), () -> {
            elsewhere.invalidate("key", 2);
            deleteEntry();
        });

        assertThat(answeredToAThird(2)).isEqualTo("from the source");
    }

    @Test
    void aLoadIsNotKeptIfAnotherBeganAfterRedisGaveUpTheTraceOfAnInvalidation() {
        loadWhile(Loaded.of("late", 1), () -> {
            elsewhere.invalidate("key", 2);
            deleteEntry();
            TestRegions.tier(TEXTS, link).read("key", Loaded.NONE, budget());
        });

        assertThat(answeredToAThird(2)).isEqualTo("from the source");
    }

    private static void deleteEntry() {
        command("DEL "
                + commandOf("KEYS *:{texts.*:key").lines().skip(2).findFirst().orElseThrow());
    }

    @Test
    void theBytesOfADroppedRegionAreTakenOutOfRedisAndOthersStay() {
        try (RedisCaches caches = open(redis.url(), Duration.ofMillis(50))) {
            Cache<String> cache = caches.region(TEXTS);
            Cache<String> kept = caches.region(renamed("texts-kept"));
            IntStream.range(0, 2_000).forEach(i -> load(cache, "key " + i, "canary " + i, 1));
            load(kept, "key", "stays", 1);

            cache.invalidateAll();

            soon("Redis to be rid of it", () -> caches.status().unswept() == 0);
            assertThat(commandOf("EVAL \"local a = '' for _, k in ipairs(redis.call('KEYS', '*')) do a = a .. k if"
                            + " redis.call('TYPE', k).ok == 'hash' then a = a .. table.concat(redis.call('HGETALL', k), ' ')"
                            + " end end return a\" 0"))
                    .contains("stays")
                    .doesNotContain("canary");
        }
    }

    private static CacheRegion<String> renamed(String name) {
        return new CacheRegion<>(
                name,
                TEXTS.codec(),
                TEXTS.weigher(),
                TEXTS.ttl(),
                TEXTS.negativeTtl(),
                TEXTS.jitter(),
                TEXTS.staleFor(),
                TEXTS.maxEntries(),
                TEXTS.maxBytes());
    }

    private static Budget budget() {
        return new Budget(Duration.ofSeconds(10));
    }

    @Test
    void theHighestVersionIsOrderedToo() {
        load(elsewhere, "key", "highest", Long.MAX_VALUE - 1);

        here.put("key", Loaded.of("lower", Long.MAX_VALUE - 2), Duration.ofMinutes(1));

        assertThat(answeredToAThird(Long.MAX_VALUE - 1)).isEqualTo("highest");
    }

    @Test
    void aHundredThreadsOfTwoProcessesLoadOnceEach() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(100);
        try {
            List<CompletableFuture<Cached<String>>> answers = IntStream.range(0, 100)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                await(go);
                                return (i % 2 == 0 ? here : elsewhere).get("cold", () -> {
                                    loads.incrementAndGet();
                                    return Loaded.of("value", 1);
                                });
                            },
                            threads))
                    .toList();
            go.countDown();
            for (CompletableFuture<Cached<String>> answer : answers) {
                assertThat(answer.get(20, TimeUnit.SECONDS).value()).isEqualTo("value");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(loads.get()).as("one of each process at most").isBetween(1, 2);
        assertThat(load(third.region(TEXTS), "cold", "loaded again", 1))
                .as("to a process that comes after them")
                .isEqualTo("value");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nothingStaysInRedisForEver() throws Exception {
        CacheRegion<String> region = TEXTS.withTtl(Duration.ofSeconds(30), Duration.ofSeconds(5));
        Cache<String> cache = other.region(new CacheRegion<>(
                "short",
                region.codec(),
                region.weigher(),
                region.ttl(),
                region.negativeTtl(),
                0.1,
                Duration.ZERO,
                100,
                100));
        cache.get("value", finding("a", 1));
        cache.get("none", Loaded::none);
        cache.invalidate("value", 2);
        cache.invalidate("gone");
        cache.invalidateAll();

        for (String key : redis.command("KEYS *")
                .lines()
                .filter(line -> line.startsWith("ralph:"))
                .toList()) {
            String left = redis.command("PTTL " + key).lines().findFirst().orElseThrow();
            assertThat(Long.parseLong(left.substring(1))).as(key).isBetween(1L, 180_000L);
        }
    }

    @Test
    void valuesStayInRedisNoLongerThanConfigured() throws Exception {
        try (RedisCaches brief = RedisCaches.builder()
                .url(redis.url())
                .config(RedisCacheConfig.DEFAULT.withTtl(Duration.ofMillis(1)).withKeyPrefix("brief"))
                .build()) {
            load(brief.region(TEXTS), "key", "kept in memory", 1);
            assertThat(load(brief.region(TEXTS), "key", "?", 1)).isEqualTo("kept in memory");
            soon("Redis to drop it", () -> {
                brief.evictAll();
                return load(brief.region(TEXTS), "key", "loaded again", 1).equals("loaded again");
            });
        }
    }

    private static void command(String words) {
        assertThat(commandOf(words)).doesNotStartWith("-");
    }

    private static String commandOf(String words) {
        try {
            return redis.command(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
