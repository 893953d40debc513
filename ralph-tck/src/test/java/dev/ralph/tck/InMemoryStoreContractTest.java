/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.spi.Store;
import dev.ralph.store.InMemoryStore;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

class InMemoryStoreContractTest extends StoreContract {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    @Override
    protected Store open() {
        return new InMemoryStore(now::get);
    }

    @Override
    protected void waitUntilPast(Instant time) {
        now.set(time.plusMillis(1));
    }
}
