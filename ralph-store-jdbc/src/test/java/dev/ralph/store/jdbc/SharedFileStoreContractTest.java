/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.spi.Store;
import dev.ralph.tck.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** On a file that two stores use by turns. */
@Tag("scale")
class SharedFileStoreContractTest extends StoreContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @BeforeAll
    static void migrate() {
        JdbcStore.builder().sharedH2File(file()).build().close();
    }

    @Override
    protected Store open() {
        return JdbcStore.builder()
                .sharedH2File(file())
                .migrations(MigrationMode.NONE)
                .build();
    }

    @Override
    protected Store openAgain(Store first) {
        return open();
    }

    /** Each call is a turn: opening the file takes longer than a race. */
    @Override
    protected int rounds() {
        return 20;
    }

    private static Path file() {
        return folder.resolve("runs");
    }
}
