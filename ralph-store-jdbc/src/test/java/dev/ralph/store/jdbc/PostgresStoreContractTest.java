/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.spi.Store;
import dev.ralph.tck.StoreContract;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class PostgresStoreContractTest extends StoreContract {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @Override
    protected Store open() {
        return JdbcStore.builder()
                .dataSource(DATABASE.pool())
                .signalDataSource(DATABASE.pool())
                .migrations(MigrationMode.NONE)
                .build();
    }

    @Override
    protected Store openAgain(Store first) {
        return open();
    }

    @Test
    void theServerIsAsDurableAsARealOne() throws SQLException {
        assertThat(DATABASE.query("SHOW fsync")).isEqualTo("on");
        assertThat(DATABASE.query("SHOW synchronous_commit")).isEqualTo("on");
    }
}
