/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.cache.Caches;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The rules for shared caches hold together: there is a cache that keeps all of them. */
class SharedCachesExampleContractTest extends SharedCacheContract {

    private final AtomicLong nanos = new AtomicLong();
    private final SharedCachesExample.Outer outer = new SharedCachesExample.Outer();

    @Override
    protected Caches open() {
        return new SharedCachesExample(nanos, outer);
    }

    @Override
    protected Caches openElsewhere() {
        return new SharedCachesExample(nanos, outer);
    }

    @Override
    protected void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
