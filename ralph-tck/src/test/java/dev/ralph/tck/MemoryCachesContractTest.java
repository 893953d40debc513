/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.cache.Caches;
import dev.ralph.cache.MemoryCaches;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

class MemoryCachesContractTest extends CacheContract {

    // The clock of a JVM may stand anywhere, and go past the largest number.
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

    @Override
    protected Caches open() {
        SplittableRandom random = new SplittableRandom(1);
        return new MemoryCaches(nanos::get, random::nextDouble);
    }

    @Override
    protected void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
