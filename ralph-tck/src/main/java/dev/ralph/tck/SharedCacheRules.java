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
import dev.ralph.cache.CacheCodec;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Caches;
import dev.ralph.cache.Loaded;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What two processes see of each other. Invalidations arrive soon: the rules wait for them. */
interface SharedCacheRules extends CacheRules {

    /** The same as another process sees it. */
    Caches elsewhere();

    @Test
    default void whatOneProcessLoadedTheOtherDoesNotLoad() {
        CacheRegion<String> region = bench().definition();
        load(bench().caches().region(region), "shared", 3);
        bench().caches().region(region).get("none", Loaded::none);

        Cache<String> there = elsewhere().region(region);

        assertThat(there.get(KEY, NOT_CALLED).value()).isEqualTo("shared");
        assertThat(there.get(KEY, NOT_CALLED).version()).isEqualTo(3);
        assertThat(there.get("none", NOT_CALLED).found()).isEmpty();
        assertThat(there.figures().outerHits()).isEqualTo(2);
        assertThat(there.figures().loads()).isZero();
    }

    @Test
    default void whatHasNoCodecStaysInItsProcess() {
        CacheRegion<String> region = bench().definition().withCodec(null);
        load(bench().caches().region(region), "private", 3);

        assertThat(load(elsewhere().region(region), "loaded", 3)).isEqualTo("loaded");
    }

    @Test
    default void anInvalidationReachesTheOther() {
        CacheRegion<String> region = bench().definition();
        Cache<String> here = bench().caches().region(region);
        Cache<String> there = elsewhere().region(region);
        load(here, "old", 1);
        load(there, "old", 1);

        here.invalidate(KEY, 2);

        soon(() -> there.get(KEY).isEmpty());
        assertThat(load(there, "new", 2)).isEqualTo("new");
        assertThat(load(here, "?", 2)).isEqualTo("new");
    }

    @Test
    default void anInvalidationWithoutVersionReachesTheOther() {
        CacheRegion<String> region = bench().definition();
        Cache<String> here = bench().caches().region(region);
        Cache<String> there = elsewhere().region(region);
        load(here, "old", 1);
        load(there, "old", 1);

        here.invalidate(KEY);

        soon(() -> there.get(KEY).isEmpty());
        assertThat(load(there, "new", 1)).isEqualTo("new");
    }

    @Test
    default void anInvalidationOfAllReachesTheOther() {
        CacheRegion<String> region = bench().definition();
        Cache<String> here = bench().caches().region(region);
        Cache<String> there = elsewhere().region(region);
        load(here, "old", 1);
        load(there, "old", 1);

        here.invalidateAll();

        soon(() -> there.get(KEY).isEmpty());
        assertThat(load(there, "new", 1)).isEqualTo("new");
    }

    @Test
    default void nothingIsToldOfALoad() {
        CacheRegion<String> region = bench().definition();
        Cache<String> here = bench().caches().region(region);
        Cache<String> there = elsewhere().region(region);
        load(there, "kept", 1);
        there.get("last", finding("a", 1));

        here.evict(KEY);
        load(here, "loaded again", 1);
        here.put(KEY, Loaded.of("put", 1), bench().ttl());
        here.invalidate("last");

        soon(() -> there.get("last").isEmpty());
        assertThat(there.get(KEY, NOT_CALLED).value()).isEqualTo("kept");
        assertThat(there.figures().invalidations()).isEqualTo(1);
    }

    @Test
    default void whatOneEvictsIsNotAnsweredToItByAnyTier() {
        CacheRegion<String> region = bench().definition();
        Cache<String> here = bench().caches().region(region);
        load(elsewhere().region(region), "old", 1);

        here.evict(KEY);

        assertThat(load(here, "new", 1)).isEqualTo("new");
    }

    @Test
    default void aLoadThatBeganBeforeAnInvalidationElsewhereIsKeptNowhere() throws Exception {
        CacheRegion<String> region = bench().definition();
        Cache<String> here = bench().caches().region(region);
        Cache<String> there = elsewhere().region(region);
        HeldLoad early = HeldLoad.begin(here, Loaded.of("old", 1));

        there.invalidate(KEY, 2);
        soon(() -> here.figures().invalidations() > 0);
        early.end();

        there.evictAll();
        assertThat(load(there, "new", 2)).isEqualTo("new");
        assertThat(load(here, "new", 2)).isEqualTo("new");
    }

    @Test
    default void aLoadThatBeganBeforeAnInvalidationWithoutVersionElsewhereIsKeptNowhere() throws Exception {
        CacheRegion<String> region = bench().definition();
        Cache<String> here = bench().caches().region(region);
        Cache<String> there = elsewhere().region(region);
        HeldLoad early = HeldLoad.begin(here, Loaded.of("old", 1));

        there.invalidate(KEY);
        soon(() -> here.figures().invalidations() > 0);
        early.end();

        there.evictAll();
        assertThat(load(there, "new", 1)).isEqualTo("new");
        assertThat(load(here, "new", 1)).isEqualTo("new");
    }

    @Test
    default void aLowerVersionDoesNotReplaceAHigherOneInTheOuterTier() {
        CacheRegion<String> region = bench().definition();
        Cache<String> here = bench().caches().region(region);
        Cache<String> there = elsewhere().region(region);
        there.get(KEY, finding("new", 5));

        here.put(KEY, Loaded.of("old", 4), bench().ttl());
        there.evictAll();

        assertThat(there.get(KEY, finding("new", 5)).value()).isEqualTo("new");
    }

    @Test
    default void theAgeOfAValueCountsOverAllTiers() throws Exception {
        CacheRegion<String> region = bench().definition();
        load(bench().caches().region(region), "old", 1);
        bench().pass(bench().ttl().multipliedBy(3).dividedBy(4));
        Cache<String> there = elsewhere().region(region);
        assertThat(load(there, "new", 1)).isEqualTo("old");

        bench().pass(bench().ttl().dividedBy(4).plusMillis(50));

        assertThat(there.get(KEY)).isEmpty();
        assertThat(load(there, "new", 1)).isEqualTo("new");
    }

    @Test
    default void bytesThatCannotBeReadAreAMissAndReplaced() {
        CacheRegion<String> region = bench().definition();
        CacheRegion<String> unreadable = region.withCodec(new Unreadable());
        load(bench().caches().region(region), "written", 1);

        Cache<String> there = elsewhere().region(unreadable);

        assertThat(load(there, "loaded", 1)).isEqualTo("loaded");
        assertThat(there.figures().decodeFailures()).isEqualTo(1);
        assertThat(there.figures().loads()).isEqualTo(1);
        bench().caches().evictAll();
        assertThat(load(bench().caches().region(region), "?", 1)).isEqualTo("loaded");
    }

    @Test
    default void versionsOfACodecKeepApart() {
        CacheRegion<String> region = bench().definition();
        load(bench().caches().region(region), "of version 1", 1);

        Cache<String> there = elsewhere().region(region.withCodec(new CacheBench.TextCodec(2)));

        assertThat(load(there, "of version 2", 1)).isEqualTo("of version 2");
        assertThat(there.figures().decodeFailures()).isZero();
    }

    @Test
    default void whatIsTooLongInBytesStaysInItsProcess() {
        CacheRegion<String> region = bench().definition().withLimits(10, 1_000);
        String umlauts = "ä".repeat(600);
        load(bench().caches().region(region), umlauts, 1);

        assertThat(load(elsewhere().region(region), "loaded", 1)).isEqualTo("loaded");
        assertThat(bench().caches().region(region).figures().oversized()).isEqualTo(1);
    }

    private static void soon(BooleanSupplier condition) {
        Awaitility.await("what the other process was told")
                .atMost(Duration.ofSeconds(5))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(condition::getAsBoolean);
    }

    /** Writes what it does not read. */
    class Unreadable implements CacheCodec<String> {

        private final CacheBench.TextCodec text = new CacheBench.TextCodec(version());

        @Override
        public int version() {
            return 1;
        }

        @Override
        public byte[] encode(String value) {
            return text.encode(value);
        }

        @Override
        public String decode(byte[] bytes) {
            throw new IllegalStateException("unreadable");
        }
    }
}
