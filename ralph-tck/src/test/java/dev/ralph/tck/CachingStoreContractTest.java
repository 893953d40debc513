/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.cache.MemoryCaches;
import dev.ralph.internal.cache.CacheTimes;
import dev.ralph.internal.cache.CachingStore;
import dev.ralph.spi.Store;
import dev.ralph.store.InMemoryStore;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** What is read through a cache is what was written through it. */
class CachingStoreContractTest extends StoreContract {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    @Override
    protected Store open() {
        return CachingStore.open(new InMemoryStore(now::get), new MemoryCaches(), CacheTimes.DEFAULT)
                .store();
    }

    @Override
    protected void waitUntilPast(Instant time) {
        now.set(time.plusMillis(1));
    }
}
