/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.RunQuery;
import dev.ralph.spi.Store;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class MigrationsTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @SuppressWarnings("NullAway.Init")
    private String empty;

    @BeforeEach
    void create() throws SQLException {
        empty = DATABASE.server().empty();
    }

    @AfterEach
    void drop() throws SQLException {
        DATABASE.server().drop(empty);
    }

    @Test
    void anEmptyDatabaseGetsTheSchemaOnce() throws SQLException {
        open(MigrationMode.RUN).close();
        String first = applied();

        try (Store store = open(MigrationMode.RUN)) {
            TestRun.begin(store).start(1);
        }

        assertThat(applied()).isEqualTo(first);
        assertThat(
                        query(
                                "SELECT string_agg(nspname, ',' ORDER BY nspname) FROM pg_namespace WHERE nspname IN ('ralph')"))
                .isEqualTo("ralph");
        assertThat(query("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = 'public'"))
                .as("nothing outside Ralph's schema")
                .isEqualTo("0");
    }

    @Test
    void nodesThatStartAtOnceMigrateOnceAndAllStart() throws Exception {
        int nodes = 4;
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<Boolean>> opened = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                opened.add(threads.submit(() -> {
                    start.await();
                    try (Store store = open(MigrationMode.RUN)) {
                        return store.list(RunQuery.NEWEST).items().isEmpty();
                    }
                }));
            }
            start.countDown();
            for (Future<Boolean> one : opened) {
                assertThat(one.get(60, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(query("SELECT count(*) FROM ralph.ralph_schema_history WHERE version = '1'"))
                .isEqualTo("1");
    }

    @Test
    void validatingAMissingSchemaSaysWhatToDo() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open(MigrationMode.VALIDATE))
                .withMessageContaining("no schema of Ralph")
                .withMessageContaining("MigrationMode.RUN");
    }

    @Test
    void validatingChangesNothing() throws SQLException {
        open(MigrationMode.RUN).close();
        String before = applied();

        open(MigrationMode.VALIDATE).close();

        assertThat(applied()).isEqualTo(before);
    }

    @Test
    void aSchemaWhoseMigrationsWereChangedIsRefused() throws SQLException {
        open(MigrationMode.RUN).close();
        execute("UPDATE ralph.ralph_schema_history SET checksum = 42 WHERE version = '1'");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open(MigrationMode.VALIDATE))
                .withMessageContaining("does not fit this version of Ralph");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open(MigrationMode.RUN))
                .withMessageContaining("could not be brought up to date");
    }

    @Test
    void theChecksumsAreThoseOfFlyway() throws Exception {
        open(MigrationMode.RUN).close();

        Map<String, Integer> ours = MigrationFiles.checksums(Dialect.POSTGRESQL);
        assertThat(ours).containsKey(String.valueOf(MigrationFiles.newest()));
        for (Map.Entry<String, Integer> one : ours.entrySet()) {
            assertThat(query("SELECT checksum FROM ralph.ralph_schema_history WHERE version = '" + one.getKey() + "'"))
                    .isEqualTo(String.valueOf(one.getValue()));
        }
    }

    @Test
    void anOlderNodeStartsOnASchemaThatANewerOneAddedTo() throws SQLException {
        open(MigrationMode.RUN).close();
        addMigrationOfANewerNode();
        execute("ALTER TABLE ralph.orchestrations ADD COLUMN of_a_newer_node integer NOT NULL DEFAULT 0");

        for (MigrationMode mode : MigrationMode.values()) {
            try (Store store = open(mode)) {
                TestRun run = TestRun.begin(store);
                run.start(1);
                run.settle(1);
                assertThat(store.list(RunQuery.NEWEST).items()).isNotEmpty();
            }
        }
    }

    @Test
    void anOlderNodeRefusesASchemaThatSaysItCannotWorkWithIt() throws SQLException {
        open(MigrationMode.RUN).close();
        addMigrationOfANewerNode();
        execute("UPDATE ralph.schema_needs SET oldest_node = 999");

        for (MigrationMode mode : List.of(MigrationMode.RUN, MigrationMode.VALIDATE)) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> open(mode))
                    .withMessageContaining("newer version of Ralph")
                    .withMessageContaining("update this node");
        }
    }

    private void addMigrationOfANewerNode() throws SQLException {
        execute("INSERT INTO ralph.ralph_schema_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success)"
                + " VALUES (999, '999', 'newer', 'SQL', 'V999__newer.sql', 1, 'postgres', 1, true)");
    }

    private Store open(MigrationMode mode) {
        return JdbcStore.builder()
                .url(DATABASE.server().url(empty))
                .pool(1, 2)
                .migrations(mode)
                .build();
    }

    private String applied() throws SQLException {
        return query("SELECT string_agg(version || ' ' || installed_on, ', ' ORDER BY installed_rank)"
                + " FROM ralph.ralph_schema_history");
    }

    private void execute(String sql) throws SQLException {
        DATABASE.server().execute(empty, sql);
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = DATABASE.server().connect(empty);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }
}
