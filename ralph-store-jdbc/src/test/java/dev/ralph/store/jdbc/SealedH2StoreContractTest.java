/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.spi.Store;
import dev.ralph.tck.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** With keys, everything is as without. */
@Tag("integration")
class SealedH2StoreContractTest extends StoreContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    /** Keeps the file open from test to test. */
    @SuppressWarnings("NullAway.Init")
    private static JdbcStore keeper;

    @BeforeAll
    static void migrate() {
        keeper = JdbcStore.builder()
                .h2File(file())
                .pool(1, 1)
                .encryption(Sealing.keys("a"))
                .build();
    }

    @AfterAll
    static void closeFile() {
        keeper.close();
    }

    @Override
    protected Store open() {
        return JdbcStore.builder()
                .h2File(file())
                .pool(1, 10)
                .migrations(MigrationMode.NONE)
                .encryption(Sealing.keys("a"))
                .build();
    }

    @Override
    protected Store openAgain(Store first) {
        return open();
    }

    private static Path file() {
        return folder.resolve("runs");
    }
}
