/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class PostgresErasureTest extends ErasureContract {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @Override
    JdbcStoreBuilder on() {
        return JdbcStore.builder().dataSource(DATABASE.pool()).migrations(MigrationMode.NONE);
    }

    @Override
    String dump() throws SQLException, IOException {
        return Sealing.postgres(DATABASE.pool());
    }
}
