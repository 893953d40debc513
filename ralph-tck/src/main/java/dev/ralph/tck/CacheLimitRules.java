/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static dev.ralph.tck.CacheBench.KEY;
import static dev.ralph.tck.CacheBench.finding;
import static dev.ralph.tck.CacheBench.load;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.cache.Cache;
import dev.ralph.cache.Loaded;
import org.junit.jupiter.api.Test;

/** How much is kept. */
interface CacheLimitRules extends CacheRules {

    @Test
    default void noMoreKeysAreHeldThanAllowed() {
        Cache<String> cache = bench().caches().region(bench().definition().withLimits(10, 1_000));
        for (int number = 0; number < 1_000; number++) {
            cache.get("key " + number, finding("a", 1));
            cache.invalidate("invalidated " + number, 1);
        }

        assertThat(cache.figures().entries()).isLessThanOrEqualTo(20);
    }

    @Test
    default void noMoreBytesAreHeldThanAllowed() {
        Cache<String> cache = bench().caches()
                .region(bench().definition().withLimits(1_000, 1_000).withTotal(10_000));
        for (int number = 0; number < 1_000; number++) {
            cache.get("key " + number, finding("x".repeat(1_000), 1));
        }

        assertThat(cache.figures().entries()).isLessThanOrEqualTo(20);
    }

    @Test
    default void aValueThatIsTooLargeIsAnsweredAndNotKept() {
        Cache<String> cache = bench().caches().region(bench().definition().withLimits(10, 1_000));

        assertThat(load(cache, "x".repeat(1_001), 1)).hasSize(1_001);
        cache.put("put", Loaded.of("x".repeat(1_001), 1), bench().ttl());

        assertThat(cache.get(KEY)).isEmpty();
        assertThat(cache.get("put")).isEmpty();
        assertThat(cache.figures().oversized()).isPositive();
        cache.get("fits", finding("x".repeat(1_000), 1));
        assertThat(cache.get("fits")).isPresent();
    }

    @Test
    default void aValueThatIsTooLargeLeavesNoOlderOne() {
        Cache<String> cache = bench().caches().region(bench().definition().withLimits(10, 1_000));
        load(cache, "old", 1);

        cache.put(KEY, Loaded.of("x".repeat(1_001), 1), bench().ttl());

        assertThat(cache.get(KEY)).isEmpty();
    }
}
