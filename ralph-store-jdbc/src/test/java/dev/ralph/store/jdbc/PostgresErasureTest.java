/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.RunId;
import dev.ralph.StoreException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class PostgresErasureTest extends ErasureContract {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @RegisterExtension
    static final PostgresDatabase CLEAR = new PostgresDatabase();

    @Override
    JdbcStoreBuilder on() {
        return JdbcStore.builder().dataSource(DATABASE.pool()).migrations(MigrationMode.NONE);
    }

    /** As when the process died before the last transaction. */
    @Test
    void anErasureThatStoppedHalfWayIsCompletedByTheNext() throws SQLException {
        String subject = "person-" + UUID.randomUUID();
        try (JdbcStore store = open()) {
            RunId run = CanaryRun.ended(store, subject, "half");
            DATABASE.execute("ALTER TABLE ralph.data_keys ADD CONSTRAINT stop CHECK (destroyed_at IS NULL) NOT VALID");
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.erase(subject, List.of()));
            DATABASE.execute("ALTER TABLE ralph.data_keys DROP CONSTRAINT stop");
            assertThat(store.find(run)).isEmpty();

            assertThat(store.erase(subject, List.of())).isZero();

            assertThat(DATABASE.query("SELECT count(*) FROM ralph.data_keys WHERE subject = '" + subject + "'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void aPoolOfOneConnectionIsEnough() {
        try (JdbcStore store =
                keyed(JdbcStore.builder().url(DATABASE.url()).pool(1, 1).migrations(MigrationMode.NONE))) {
            RunId run = CanaryRun.ended(store, "one", "single");
            CanaryRun.requireWhole(store, run, "single");
            assertThat(store.erase("one", List.of())).isEqualTo(1);
        }
    }

    @Override
    String dump() throws SQLException, IOException {
        return Sealing.postgres(DATABASE.pool());
    }

    @Override
    JdbcStoreBuilder onClear() {
        return JdbcStore.builder().dataSource(CLEAR.pool()).migrations(MigrationMode.NONE);
    }

    @Override
    String clearDump() throws SQLException, IOException {
        return Sealing.postgres(CLEAR.pool());
    }
}
