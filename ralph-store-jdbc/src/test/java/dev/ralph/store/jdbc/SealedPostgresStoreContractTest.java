/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.spi.Store;
import dev.ralph.tck.StoreContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With keys, everything is as without. */
@Tag("integration")
class SealedPostgresStoreContractTest extends StoreContract {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @Override
    protected Store open() {
        return Sealing.on(DATABASE.pool(), Sealing.keys("a"))
                .signalDataSource(DATABASE.pool())
                .build();
    }

    @Override
    protected Store openAgain(Store first) {
        return open();
    }
}
