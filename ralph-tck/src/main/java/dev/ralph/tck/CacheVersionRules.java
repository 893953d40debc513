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

import dev.ralph.cache.Cache;
import dev.ralph.cache.Caches;
import dev.ralph.cache.Loaded;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing older comes back. */
interface CacheVersionRules extends CacheRules {

    /** What makes a value out of date. */
    enum Change {
        INVALIDATED,
        INVALIDATED_WITHOUT_VERSION,
        ALL_INVALIDATED,
        EVICTED,
        ALL_EVICTED,
        ALL_OF_ALL_REGIONS_EVICTED;

        /** Where it makes everything out of date: what this process holds is not in a tier that others share. */
        Cache<String> region(CacheBench bench) {
            boolean here = this == ALL_EVICTED || this == ALL_OF_ALL_REGIONS_EVICTED;
            return here ? bench.caches().region(bench.definition().withCodec(null)) : bench.region();
        }

        void happens(Caches caches, Cache<String> cache) {
            switch (this) {
                case INVALIDATED -> cache.invalidate(KEY, 2);
                case INVALIDATED_WITHOUT_VERSION -> cache.invalidate(KEY);
                case ALL_INVALIDATED -> cache.invalidateAll();
                case EVICTED -> cache.evict(KEY);
                case ALL_EVICTED -> cache.evictAll();
                case ALL_OF_ALL_REGIONS_EVICTED -> caches.evictAll();
            }
        }
    }

    @Test
    default void aLowerVersionNeverReplacesAHigherOne() {
        Cache<String> cache = bench().region();
        load(cache, "new", 5);

        cache.put(KEY, Loaded.of("old", 4), bench().ttl());
        cache.put(KEY, Loaded.none(), bench().ttl());

        assertThat(cache.get(KEY, NOT_CALLED).value()).isEqualTo("new");
        assertThat(cache.figures().refused()).isEqualTo(2);
    }

    @Test
    default void anEqualOrHigherVersionReplaces() {
        Cache<String> cache = bench().region();
        load(cache, "first", 5);

        cache.put(KEY, Loaded.of("second", 5), bench().ttl());
        assertThat(cache.get(KEY, NOT_CALLED).value()).isEqualTo("second");
        cache.put(KEY, Loaded.of("third", 6), bench().ttl());
        assertThat(cache.get(KEY, NOT_CALLED).value()).isEqualTo("third");
    }

    @Test
    default void aValueReplacesThatThereIsNone() {
        Cache<String> cache = bench().region();
        cache.get(KEY, Loaded::none);

        cache.put(KEY, Loaded.of("now there is", 0), bench().ttl());

        assertThat(cache.get(KEY, NOT_CALLED).value()).isEqualTo("now there is");
    }

    @Test
    default void afterAnInvalidationNothingBelowItsVersionIsKept() {
        Cache<String> cache = bench().region();
        load(cache, "old", 4);

        cache.invalidate(KEY, 6);

        assertThat(cache.get(KEY)).isEmpty();
        cache.put(KEY, Loaded.of("late", 5), bench().ttl());
        cache.put(KEY, Loaded.none(), bench().ttl());
        assertThat(cache.get(KEY)).as("after a put that came late").isEmpty();
        assertThat(load(cache, "lagging", 5)).as("what the source says").isEqualTo("lagging");
        assertThat(cache.get(KEY)).as("after a load from a copy that lags").isEmpty();
        load(cache, "new", 6);
        assertThat(cache.get(KEY, NOT_CALLED).value()).isEqualTo("new");
        cache.put(KEY, Loaded.of("later still", 5), bench().ttl());
        assertThat(cache.get(KEY, NOT_CALLED).value()).isEqualTo("new");
    }

    @Test
    default void anInvalidationDropsThatThereIsNone() {
        Cache<String> cache = bench().region();
        cache.get(KEY, Loaded::none);

        cache.invalidate(KEY, 0);

        assertThat(load(cache, "created", 0)).isEqualTo("created");
    }

    @Test
    default void anInvalidationLeavesWhatIsNotBelowItsVersion() {
        Cache<String> cache = bench().region();
        load(cache, "new", 7);

        cache.invalidate(KEY, 7);
        cache.invalidate(KEY, 3);
        cache.invalidate("another");

        assertThat(cache.get(KEY, NOT_CALLED).value()).isEqualTo("new");
    }

    @Test
    default void nothingBelowAnInvalidationIsKeptAfterWhatWasAboveItRanOut() throws Exception {
        Duration half = bench().ttl().dividedBy(2);
        Cache<String> cache = bench().region();
        cache.put(KEY, Loaded.of("new", 7), half);
        cache.invalidate(KEY, 6);
        bench().pass(half.plusMillis(1));
        assertThat(cache.get(KEY)).isEmpty();

        cache.put(KEY, Loaded.of("late", 5), bench().ttl());

        assertThat(cache.get(KEY)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    default void whatIsOutOfDateIsNotAnswered(Change change) {
        Cache<String> cache = change.region(bench());
        load(cache, "old", 1);

        change.happens(bench().caches(), cache);

        assertThat(cache.get(KEY)).isEmpty();
        assertThat(load(cache, "new", 2)).isEqualTo("new");
        assertThat(cache.get(KEY, NOT_CALLED).value()).isEqualTo("new");
    }

    @ParameterizedTest
    @EnumSource
    default void aLoadThatBeganBeforeAChangeIsKeptForNobody(Change change) throws Exception {
        Cache<String> cache = change.region(bench());
        HeldLoad early = HeldLoad.begin(cache, Loaded.of("old", 1));

        change.happens(bench().caches(), cache);

        assertThat(early.end().value()).as("who asked before").isEqualTo("old");
        assertThat(cache.get(KEY)).isEmpty();
        assertThat(load(cache, "new", 2)).isEqualTo("new");
    }

    @ParameterizedTest
    @EnumSource
    default void whoAsksAfterAChangeDoesNotGetWhatAnEarlierLoadFound(Change change) throws Exception {
        Cache<String> cache = change.region(bench());
        HeldLoad early = HeldLoad.begin(cache, Loaded.of("old", 1));
        change.happens(bench().caches(), cache);

        assertThat(load(cache, "new", 2)).isEqualTo("new");

        early.end();
        assertThat(cache.get(KEY, NOT_CALLED).value())
                .as("after the early load ended")
                .isEqualTo("new");
    }

    @ParameterizedTest
    @EnumSource
    default void anEarlyLoadDoesNotComeBetweenALaterOneAndThoseWhoWaitForIt(Change change) throws Exception {
        Cache<String> cache = change.region(bench());
        HeldLoad early = HeldLoad.begin(cache, Loaded.of("old", 1));
        change.happens(bench().caches(), cache);
        HeldLoad late = HeldLoad.begin(cache, Loaded.of("new", 2));

        early.end();

        assertThat(cache.get(KEY)).as("while the later load is under way").isEmpty();
        assertThat(late.end().value()).isEqualTo("new");
        assertThat(cache.get(KEY, NOT_CALLED).value()).isEqualTo("new");
    }

    @Test
    default void aPutOfAHigherVersionDuringALoadStays() throws Exception {
        Cache<String> cache = bench().region();
        HeldLoad early = HeldLoad.begin(cache, Loaded.of("old", 1));

        cache.put(KEY, Loaded.of("new", 2), bench().ttl());

        assertThat(early.end().value()).as("the newer of the two").isEqualTo("new");
        assertThat(cache.get(KEY, finding("?", 9)).value()).isEqualTo("new");
    }
}
