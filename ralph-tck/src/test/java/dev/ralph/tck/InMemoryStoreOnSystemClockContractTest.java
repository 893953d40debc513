/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.spi.Store;
import dev.ralph.store.InMemoryStore;
import java.time.InstantSource;

/** On real time, as a store runs whose clock nobody can move. */
class InMemoryStoreOnSystemClockContractTest extends StoreContract {

    @Override
    protected Store open() {
        return new InMemoryStore(InstantSource.system());
    }
}
