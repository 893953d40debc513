/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.cache.Caches;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Caches} must do. Extend it in the tests of a cache and say how to open it:
 *
 * <pre>{@code
 * class MyCachesContractTest extends CacheContract {
 *
 *     private final AtomicLong nanos = new AtomicLong();
 *
 *     @Override
 *     protected Caches open() {
 *         return new MyCaches(nanos::get);
 *     }
 *
 *     @Override
 *     protected void pass(Duration time) {
 *         nanos.addAndGet(time.toNanos());
 *     }
 * }
 * }</pre>
 *
 * <p>Every test opens the caches anew and closes them, and uses regions and keys of its own. A cache that processes share
 * extends {@link SharedCacheContract}.
 */
@Timeout(60)
public abstract class CacheContract implements CacheLoadRules, CacheVersionRules, CacheTimeRules, CacheLimitRules {

    private Caches caches;

    /** For those who extend this class. */
    protected CacheContract() {}

    /** Opens the caches, of one process. */
    protected abstract Caches open() throws Exception;

    /** Lets so much time pass by the clock of the caches, in every tier: at once if tests have that clock in hand. */
    protected abstract void pass(Duration time) throws Exception;

    /**
     * How long values are fresh in these tests. Where time really passes, the shorter, the faster, but long enough for a test
     * that may be held up. A minute by default.
     */
    protected Duration ttl() {
        return Duration.ofMinutes(1);
    }

    @BeforeEach
    final void openCaches() throws Exception {
        caches = open();
    }

    @AfterEach
    final void closeCaches() {
        caches.close();
    }

    @Override
    public final CacheBench bench() {
        return new CacheBench(caches, this::pass, ttl());
    }
}
