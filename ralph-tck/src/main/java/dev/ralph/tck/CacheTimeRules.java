/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static dev.ralph.tck.CacheBench.KEY;
import static dev.ralph.tck.CacheBench.NOT_CALLED;
import static dev.ralph.tck.CacheBench.finding;
import static dev.ralph.tck.CacheBench.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.StoreException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Cached;
import dev.ralph.cache.Loaded;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How old an answer may be. */
interface CacheTimeRules extends CacheRules {

    /** A loader whose source does not answer. */
    Supplier<Loaded<String>> OUTAGE = () -> {
        throw new StoreUnavailableException("no connection");
    };

    @Test
    default void aValueRunsOutWithItsTtl() throws Exception {
        Cache<String> cache = bench().region();
        load(cache, "old", 1);

        bench().pass(bench().ttl().dividedBy(2));
        assertThat(cache.get(KEY)).as("after half its time").isPresent();
        bench().pass(bench().ttl().dividedBy(2).plusMillis(1));

        assertThat(cache.get(KEY)).isEmpty();
        assertThat(load(cache, "new", 1)).isEqualTo("new");
    }

    @Test
    default void anAnswerDoesNotMakeAValueLastLonger() throws Exception {
        Cache<String> cache = bench().region();
        load(cache, "old", 1);
        bench().pass(bench().ttl().dividedBy(2));
        cache.get(KEY, finding("?", 1));

        bench().pass(bench().ttl().dividedBy(2).plusMillis(1));

        assertThat(cache.get(KEY)).isEmpty();
    }

    @Test
    default void aVersionThatRanOutHoldsNoneBack() throws Exception {
        Cache<String> cache = bench().region();
        load(cache, "old", 5);
        bench().passTtl();

        cache.get(KEY, Loaded::none);

        assertThat(cache.get(KEY, NOT_CALLED).found()).as("erased meanwhile").isEmpty();
    }

    @Test
    default void whatDoesNotExistHasAShorterTime() throws Exception {
        Duration shorter = bench().ttl().dividedBy(4);
        Cache<String> cache = bench().caches().region(bench().definition().withTtl(bench().ttl(), shorter));
        load(cache, "there", 1);
        cache.get("none", Loaded::none);

        bench().pass(shorter.plusMillis(1));

        assertThat(cache.get("none")).isEmpty();
        assertThat(cache.get(KEY)).isPresent();
    }

    @Test
    default void aPutMayShortenATtlAndNotLengthenIt() throws Exception {
        Duration half = bench().ttl().dividedBy(2);
        Cache<String> cache = bench().region();
        cache.put("short", Loaded.of("a", 1), half);
        cache.put("long", Loaded.of("a", 1), bench().ttl().multipliedBy(10));

        bench().pass(half.plusMillis(1));
        assertThat(cache.get("short")).isEmpty();
        assertThat(cache.get("long")).isPresent();
        bench().pass(half);

        assertThat(cache.get("long")).isEmpty();
    }

    @Test
    default void anAgeCounts() throws Exception {
        Duration half = bench().ttl().dividedBy(2);
        Cache<String> cache = bench().region();
        cache.put("half", Loaded.of("a", 1).aged(half), bench().ttl());
        cache.put("over", Loaded.of("a", 1).aged(bench().ttl()), bench().ttl());

        assertThat(cache.get("over")).isEmpty();
        assertThat(cache.get("half")).isPresent();
        bench().pass(half.plusMillis(1));

        assertThat(cache.get("half")).isEmpty();
    }

    @Test
    default void theTimeALoadTakesCounts() throws Exception {
        Duration half = bench().ttl().dividedBy(2);
        Cache<String> cache = bench().region();
        cache.get(KEY, () -> {
            Loaded<String> read = Loaded.of("a", 1);
            try {
                bench().pass(half);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return read;
        });

        bench().pass(half.plusMillis(1));

        assertThat(cache.get(KEY)).as("read longer ago than its time").isEmpty();
    }

    @Test
    default void jitterShortensTtlsAtRandom() throws Exception {
        Cache<String> cache = bench().caches().region(bench().definition().withJitter(0.5));
        IntStream.range(0, 200).forEach(number -> cache.put("key " + number, Loaded.of("a", 1), bench().ttl()));

        bench().pass(bench().ttl().multipliedBy(2).dividedBy(5));
        assertThat(present(cache)).as("before any has run out").isEqualTo(200);
        bench().pass(bench().ttl().multipliedBy(7).dividedBy(20));
        assertThat(present(cache)).as("after three quarters of the time").isBetween(40L, 160L);
        bench().pass(bench().ttl().dividedBy(4).plusMillis(1));

        assertThat(present(cache)).as("after all of it").isZero();
    }

    private static long present(Cache<String> cache) {
        return IntStream.range(0, 200)
                .filter(number -> cache.get("key " + number).isPresent())
                .count();
    }

    @Test
    default void aValueThatRanOutIsNoAnswerToAnOutageUnlessAskedFor() throws Exception {
        Cache<String> cache = bench().region();
        load(cache, "old", 1);
        bench().passTtl();

        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> cache.get(KEY, OUTAGE));
    }

    @Test
    default void inAnOutageAnOldValueIsAnsweredWithItsAge() throws Exception {
        Cache<String> cache = bench().caches().region(outlasting());
        load(cache, "old", 1);
        bench().passTtl();

        Cached<String> answer = cache.get(KEY, OUTAGE);

        assertThat(answer.value()).isEqualTo("old");
        assertThat(answer.stale()).isTrue();
        assertThat(answer.staleAge()).isGreaterThan(bench().ttl());
        assertThat(cache.figures().stale()).isEqualTo(1);
        assertThat(cache.get(KEY)).as("it is not fresh for that").isEmpty();
        assertThat(cache.get(KEY, finding("new", 2)).stale()).isFalse();
    }

    @Test
    default void inAnOutageNothingOlderThanAllowedIsAnswered() throws Exception {
        Cache<String> cache = bench().caches().region(outlasting());
        load(cache, "old", 1);
        bench().passTtl();
        bench().passTtl();

        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> cache.get(KEY, OUTAGE));
    }

    @Test
    default void inAnOutageWhatWasInvalidatedIsNotAnswered() throws Exception {
        Cache<String> cache = bench().caches().region(outlasting());
        load(cache, "old", 1);
        bench().passTtl();
        cache.invalidate(KEY, 2);

        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> cache.get(KEY, OUTAGE));
    }

    @Test
    default void anotherFailureIsNoOutage() throws Exception {
        Cache<String> cache = bench().caches().region(outlasting());
        load(cache, "old", 1);
        bench().passTtl();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> cache.get(KEY, () -> {
                    throw new StoreException("damaged");
                }));
    }

    private CacheRegion<String> outlasting() {
        return bench().definition().withStaleFor(bench().ttl());
    }
}
