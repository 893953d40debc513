/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.spi.Creation;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class PostgresFirstKeyTest extends FirstKeyContract {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void empty() throws SQLException {
        DATABASE.execute("TRUNCATE ralph.orchestrations, ralph.data_keys, ralph.specs, ralph.events CASCADE");
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void ofTwoNodesWithDifferentKeysThatStartAtOnceOneDoes() throws Exception {
        HeldCommit first = new HeldCommit("INSERT INTO ralph.data_keys");
        Future<JdbcStore> one =
                threads.submit(() -> Sealing.on(new ObservedDataSource(DATABASE.pool(), first), Sealing.keys("a"))
                        .build());
        first.awaitReached();
        Future<JdbcStore> other = threads.submit(() -> open("b"));
        DATABASE.awaitBlocked(1);

        first.release();

        one.get().close();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(other::get)
                .withCauseInstanceOf(ConfigurationException.class);
        assertThat(DATABASE.query("SELECT count(*) FROM ralph.data_keys")).isEqualTo("1");
    }

    @Test
    void aRunThatIsBeingStoredInClearIsSeenByTheFirstNodeWithAKey() throws Exception {
        HeldCommit creating = new HeldCommit("INSERT INTO ralph.specs");
        try (JdbcStore clear = Sealing.on(new ObservedDataSource(DATABASE.pool(), creating), EncryptionConfig.NONE)
                .build()) {
            Future<Creation> created = threads.submit(() -> clear.create(CanaryRun.submission(null, CANARY)));
            creating.awaitReached();
            Future<JdbcStore> sealed = threads.submit(() -> open("a"));
            DATABASE.awaitBlocked(1);

            creating.release();

            assertThat(created.get().created()).isTrue();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(sealed::get)
                    .withCauseInstanceOf(ConfigurationException.class)
                    .withMessageContaining("ENCRYPTION_ACCEPT_CLEAR");
            assertThat(DATABASE.query("SELECT count(*) FROM ralph.data_keys")).isEqualTo("0");
        }
    }

    @Test
    void whereAllKeysWereDestroyedANewOneIsTheFirst() throws Exception {
        open("a").close();
        DATABASE.execute("UPDATE ralph.data_keys SET wrapped = NULL, destroyed_at = now()");

        open("a").close();

        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> open("b"));
    }

    @Test
    void aStoreThatCannotBeOpenedLeavesNoKey() throws Exception {
        DATABASE.execute("INSERT INTO audit.seals SELECT 1, 1, 1, 1, 1, 'x', '', 'key', 'x', now()");
        try {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> open("a"))
                    .withMessageContaining("AUDIT_KEY");
        } finally {
            DATABASE.execute("SET session_replication_role = replica; DELETE FROM audit.seals");
        }

        assertThat(DATABASE.query("SELECT count(*) FROM ralph.data_keys")).isEqualTo("0");
    }

    @Override
    JdbcStoreBuilder on() {
        return JdbcStore.builder().dataSource(DATABASE.pool()).migrations(MigrationMode.NONE);
    }

    @Override
    String dump() throws SQLException, IOException {
        return Sealing.postgres(DATABASE.pool());
    }
}
