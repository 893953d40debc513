/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import static dev.ralph.cache.redis.TestRegions.TEXTS;
import static dev.ralph.cache.redis.TestRegions.finding;
import static dev.ralph.cache.redis.TestRegions.load;
import static dev.ralph.cache.redis.TestRegions.shares;
import static dev.ralph.cache.redis.TestRegions.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.cache.Cache;
import dev.ralph.cache.Loaded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Redis fails, and callers notice nothing but that it takes longer. */
@Tag("integration")
class RedisFaultTest {

    private static final Duration TIMEOUT = Duration.ofMillis(150);
    private static final Duration PING = Duration.ofMillis(200);

    /** What a busy machine may add. */
    private static final Duration SLACK = Duration.ofMillis(350);

    private final AtomicInteger keys = new AtomicInteger();
    private RedisProcess redis;
    private Relay relay;
    private RedisCaches here;
    private RedisCaches there;
    private Cache<String> texts;
    private Cache<String> elsewhere;

    @BeforeEach
    void start() throws Exception {
        redis = RedisProcess.start();
        relay = Relay.to(redis);
        here = open(relay.url());
        there = open(redis.url());
        texts = here.region(TEXTS);
        elsewhere = there.region(TEXTS);
        warmUp();
    }

    private static RedisCaches open(String url) {
        return RedisCaches.builder()
                .url(url)
                .config(RedisCacheConfig.DEFAULT
                        .withConnections(2)
                        .withPing(PING)
                        .withCallTimeout(TIMEOUT)
                        .withConnectTimeout(Duration.ofMillis(500)))
                .build();
    }

    /** Code that runs for the first time takes longer than Redis may. */
    private void warmUp() {
        soon("two processes that share values", this::share);
        elsewhere.invalidate("key 1", 2);
    }

    private boolean share() {
        return shares(texts, elsewhere, "key " + keys.incrementAndGet());
    }

    private boolean well() {
        return here.status().connected()
                && !here.status().breakerOpen()
                && here.status().subscribed();
    }

    @AfterEach
    void stop() throws Exception {
        here.close();
        there.close();
        relay.close();
        redis.close();
    }

    @Test
    void aServerThatIsKilledIsDoneWithoutAndUsedAgainWhenItIsBack() throws Exception {
        redis.kill();

        assertThat(load(texts, "a", "loaded", 1)).isEqualTo("loaded");
        assertThat(load(texts, "b", "loaded too", 1)).isEqualTo("loaded too");
        texts.invalidate("a", 2);
        assertThat(load(texts, "a", "new", 2)).isEqualTo("new");
        soon("the loss to be seen", () -> !well());

        redis.startAgain();
        soon("Redis to be used again", () -> well() && share());
        assertThat(here.status().pending()).as("what it was not told of").isZero();
    }

    @Test
    void noCallWaitsLongerThanTheTimeoutForAServerThatIsFrozen() throws Exception {
        load(texts, "held", "held", 1);
        redis.freeze();
        List<Duration> times = Collections.synchronizedList(new ArrayList<>());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String key = "frozen " + i;
                calls.add(threads.submit(() -> {
                    times.add(timed(() -> load(texts, key, "loaded", 1)));
                    times.add(timed(() -> texts.put(key, Loaded.of("put", 2), Duration.ofMinutes(1))));
                    times.add(timed(() -> texts.invalidate(key, 3)));
                }));
            }
            times.add(timed(texts::invalidateAll));
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(times).hasSize(301).allMatch(time -> time.compareTo(TIMEOUT.plus(SLACK)) < 0);
        assertThat(times.stream().filter(time -> time.compareTo(TIMEOUT) >= 0).count())
                .as("calls that waited, of 301, before Redis was left alone")
                .isLessThan(60);
        assertThat(here.status().breakerOpen()).isTrue();

        redis.thaw();
        soon("Redis to be used again", () -> well() && share());
        soon("what it was not told of", () -> here.status().pending() == 0);
    }

    private static Duration timed(Runnable call) {
        long start = System.nanoTime();
        call.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void whatIsInvalidatedDuringAnOutageDoesNotComeBackAfterIt() throws Exception {
        load(texts, "changed", "old", 1);
        load(elsewhere, "changed", "old", 1);
        redis.freeze();

        texts.invalidate("changed");
        assertThat(here.status().pending()).isEqualTo(1);
        redis.thaw();

        assertThat(load(texts, "changed", "new", 1)).as("at once").isEqualTo("new");
        soon("the other process to be told", () -> elsewhere.get("changed").isEmpty());
        assertThat(load(elsewhere, "changed", "new", 1)).isEqualTo("new");
    }

    @Test
    void whatWasInvalidatedInAnOutageIsNotReadFromRedisBeforeItIsToldOf() throws Exception {
        load(texts, "changed", "old", 1);
        relay.down();
        soon("the loss to be seen", () -> !well());
        texts.invalidateAll();
        assertThat(here.status().pending()).isPositive();

        relay.up();

        soon("everything to be told", () -> {
            texts.evictAll();
            assertThat(load(texts, "changed", "new", 1)).isEqualTo("new");
            return well() && here.status().pending() == 0;
        });
    }

    @Test
    void whatRedisLosesIsLoadedAgain() throws Exception {
        load(texts, "lost", "first", 1);
        redis.command("FLUSHALL");
        redis.command("SCRIPT FLUSH");

        assertThat(load(elsewhere, "lost", "second", 1)).isEqualTo("second");
        assertThat(share()).isTrue();
        assertThat(there.status().breakerOpen()).isFalse();
    }

    @Test
    void aServerThatRefusesToWriteIsDoneWithoutAndToldLater() throws Exception {
        load(texts, "changed", "old", 1);
        load(elsewhere, "changed", "old", 1);
        redis.command("REPLICAOF 127.0.0.1 1");

        texts.invalidate("changed", 2);
        assertThat(here.status().pending()).isEqualTo(1);
        soon("others to be told all the same", () -> elsewhere.get("changed").isEmpty());
        soon("it to be left alone", () -> {
            load(texts, "key " + keys.incrementAndGet(), "loaded", 1);
            return here.status().breakerOpen();
        });
        assertThat(here.status().well()).isFalse();

        redis.command("REPLICAOF NO ONE");
        soon("Redis to be used again", () -> well() && share());
        soon("what it was not told of", () -> here.status().pending() == 0);
    }

    @Test
    void whatCouldNotBeTakenOutOfRedisIsTakenOutLater() throws Exception {
        load(texts, "dropped", "canary", 1);
        redis.freeze();
        texts.invalidateAll();
        assertThat(here.status().pending()).isPositive();

        redis.thaw();

        soon("the emptying", () -> here.status().pending() == 0);
        soon("the bytes to be gone", () -> here.status().unswept() == 0);
        assertThat(redis.command("KEYS *dropped")).startsWith("*0");
    }

    @Test
    void aReplyThatBreaksOffIsAMiss() {
        String value = "x".repeat(5_000);
        load(elsewhere, "cut", value, 1);
        relay.cutAfter(1_000);

        assertThat(load(texts, "cut", "loaded", 1)).isEqualTo("loaded");
        assertThat(texts.figures().outerFailures()).isPositive();
        assertThat(texts.figures().decodeFailures()).isZero();

        relay.heal();
        soon("Redis to be used again", () -> well() && share());
    }

    @Test
    void noCallWaitsLongerThanTheTimeoutForAServerThatIsSlow() throws Exception {
        relay.delay(TIMEOUT.multipliedBy(2));

        for (int i = 0; i < 10; i++) {
            String key = "slow " + i;
            assertThat(timed(() -> load(texts, key, "loaded", 1))).isLessThan(TIMEOUT.plus(SLACK));
        }
        assertThat(here.status().breakerOpen()).isTrue();

        relay.heal();
        soon("Redis to be used again", () -> well() && share());
    }

    @Test
    void aQuestionAsksForBothItsCallsWithinOneTimeout() throws Exception {
        Duration second = Duration.ofSeconds(1);
        try (RedisCaches patient = RedisCaches.builder()
                .url(relay.url())
                .config(RedisCacheConfig.DEFAULT.withConnections(1).withCallTimeout(second))
                .build()) {
            Cache<String> cache = patient.region(TEXTS);
            relay.delay(second.multipliedBy(9).dividedBy(10));

            assertThat(timed(() -> load(cache, "twice", "loaded", 1))).isLessThan(second.plus(SLACK));
        }
    }

    @Test
    void aSubscriptionThatFallsSilentIsNoticedWithinTwoPings() throws Exception {
        load(texts, "silent", "old", 1);
        load(elsewhere, "silent", "old", 1);
        relay.muteSubscriptions();

        elsewhere.invalidate("silent", 2);
        long told = System.nanoTime();
        soon(
                "the old value to be dropped",
                () -> load(texts, "silent", "new", 2).equals("new"));

        assertThat(Duration.ofNanos(System.nanoTime() - told))
                .isLessThan(PING.multipliedBy(2).plus(SLACK));
        assertThat(here.status().subscribed()).isFalse();
        assertThat(here.status().generations()).isPositive();
        relay.heal();
        soon("a sound subscription", this::well);
    }

    @Test
    void aSubscriptionThatIsCutDropsEverythingAtOnceAndIsMadeAgain() throws Exception {
        load(texts, "cut", "old", 1);
        long before = here.status().generations();

        relay.cutAll();

        soon("everything to be dropped", () -> here.status().generations() > before);
        soon("a sound subscription", this::well);
        elsewhere.get("told", finding("old", 1));
        texts.get("told", finding("?", 1));
        elsewhere.invalidate("told", 2);
        soon("an invalidation", () -> texts.get("told").isEmpty());
    }

    @Test
    void aServerThatTakesOverIsToldOfWhatItMayNotKnow() throws Exception {
        try (RedisProcess lagging = RedisProcess.start();
                RedisCaches before = open(lagging.url());
                RedisCaches after = open(lagging.url())) {
            load(before.region(TEXTS), "changed", "old", 1);
            load(texts, "changed", "old", 1);
            texts.invalidate("changed", 2);

            relay.switchTo(lagging);

            soon("the new server to be told", () -> {
                after.evictAll();
                return load(after.region(TEXTS), "changed", "new", 2).equals("new");
            });
            soon("everything to be told", () -> well() && here.status().pending() == 0);
        }
    }

    @Test
    void withoutRedisItOpensAllTheSameAndConnectsLater() throws Exception {
        int port = RedisProcess.freePort();
        try (RedisCaches alone = open("redis://127.0.0.1:" + port)) {
            Cache<String> cache = alone.region(TEXTS);
            assertThat(load(cache, "a", "loaded", 1)).isEqualTo("loaded");
            assertThat(alone.status().connected()).isFalse();

            try (RedisProcess late = RedisProcess.start(port);
                    RedisCaches other = open(late.url())) {
                soon("a connection", () -> alone.status().subscribed());
                soon("values in it", () -> shares(cache, other.region(TEXTS), "key " + keys.incrementAndGet()));
            }
        }
    }

    @Test
    void aThreadThatIsInterruptedGoesOnWithoutRedisAndStaysInterrupted() throws Exception {
        AtomicReference<String> answer = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            Thread.currentThread().interrupt();
            answer.set(load(texts, "interrupted", "loaded", 1)
                    + Thread.currentThread().isInterrupted());
        });
        thread.start();
        thread.join();

        assertThat(answer).hasValue("loadedtrue");
        assertThat(here.status().breakerOpen()).isFalse();
    }
}
