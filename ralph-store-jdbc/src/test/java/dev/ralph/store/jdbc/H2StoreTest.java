/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.ralph.ConfigurationException;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.StopReason;
import dev.ralph.audit.AuditQuery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The embedded default: one process, one file. */
@Tag("integration")
class H2StoreTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void whatWasStoredIsThereWhenTheFileIsOpenedAgain() {
        RunId id;
        try (JdbcStore store = open()) {
            TestRun run = TestRun.begin(store);
            run.start(1);
            run.settle(1);
            id = run.id();
        }

        try (JdbcStore store = open()) {
            assertThat(store.iterations(id, 0, 10)).hasSize(1);
            assertThat(store.find(id).orElseThrow().snapshot().version()).isEqualTo(2);
        }
    }

    @Test
    void theChecksumsAreThoseOfFlyway() throws Exception {
        open().close();

        Map<String, Integer> applied = new HashMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + file(), "sa", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT \"version\", \"checksum\" FROM ralph.\"ralph_schema_history\" WHERE \"version\" IS NOT"
                                + " NULL")) {
            while (rows.next()) {
                applied.put(rows.getString(1), rows.getInt(2));
            }
        }
        assertThat(MigrationFiles.checksums(Dialect.H2)).isNotEmpty().isEqualTo(applied);
    }

    @Test
    void aFileWithASemicolonIsRefusedSinceItWouldBeASetting() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> JdbcStore.builder()
                        .h2File(folder.resolve("a;INIT=RUNSCRIPT"))
                        .build())
                .withMessageContaining("a;INIT=RUNSCRIPT")
                .withMessageContaining("name another");
    }

    @Test
    void whatOnlyPostgresqlHasIsRefused() {
        for (JdbcStoreBuilder builder : List.of(
                JdbcStore.builder().h2File(file()).readOnlyUrl("postgresql://localhost/copy"),
                JdbcStore.builder().sharedH2File(file()).readOnlyUrl("postgresql://localhost/copy"),
                JdbcStore.builder().h2File(file()).signalDataSource(new HikariDataSource()),
                JdbcStore.builder().sharedH2File(file()).leaseDataSource(new HikariDataSource()))) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(builder::build)
                    .withMessageContaining("goes with PostgreSQL");
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() ->
                        JdbcStore.builder().url("postgresql://localhost/runs").h2File(file()))
                .withMessageContaining("one database");
    }

    @Test
    void aSecondProcessIsRefusedAndToldWhy() throws Exception {
        try (JdbcStore store = open()) {
            try (ChildJvm other = ChildJvm.start(folder, List.of(), OtherProcess.class, List.of(file().toString()))) {
                assertThat(other.await("ConfigurationException", Duration.ofSeconds(60)))
                        .contains("another process has the database")
                        .contains("use PostgreSQL");
            }
            assertThat(store.list(RunQuery.NEWEST).items()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12, 20})
    void aFirstStartThatDiedWhileItMadeTablesIsGoneOnWith(int statements) throws Exception {
        List<String> first = statements("V1__runs.sql").subList(0, statements);
        open().close();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + file(), "sa", "");
                Statement statement = connection.createStatement()) {
            for (String table : tables(statement)) {
                statement.execute("DROP TABLE ralph." + table + " CASCADE");
            }
            assertThat(statement.executeUpdate(
                            "DELETE FROM ralph.\"ralph_schema_history\" WHERE \"version\" IS NOT NULL"))
                    .isPositive();
            for (String one : first) {
                statement.execute(one);
            }
        }

        requireThatItWorks();
    }

    /** H2 commits every change of a table by itself. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void anUpdateThatDiedInItsMiddleIsGoneOnWith(int statements) throws Exception {
        open().close();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + file(), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE ralph.orchestrations DROP COLUMN lapses, priority, workspace");
            assertThat(statement.executeUpdate("DELETE FROM ralph.\"ralph_schema_history\" WHERE \"version\" <> '1'"))
                    .isPositive();
            for (String one : statements("V2__queue.sql").subList(0, statements)) {
                statement.execute(one);
            }
        }

        requireThatItWorks();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 10})
    void theTrailsTablesAreGoneOnWithIfTheirUpdateDied(int statements) throws Exception {
        open().close();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + file(), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA audit CASCADE");
            assertThat(statement.executeUpdate(
                            "DELETE FROM ralph.\"ralph_schema_history\" WHERE \"version\" NOT IN ('1', '2')"))
                    .isPositive();
            for (String one : statements("V3__audit.sql").subList(0, statements)) {
                statement.execute(one);
            }
        }

        requireThatItWorks();
        try (JdbcStore store = open()) {
            store.audit().orElseThrow().record(AuditBench.entry(1));
            assertThat(store.audit().orElseThrow().list(AuditQuery.NEWEST).items())
                    .hasSize(1);
        }
    }

    private void requireThatItWorks() {
        try (JdbcStore store = open()) {
            TestRun run = TestRun.begin(store);
            run.start(1);
            run.settle(1);
            assertThat(store.iterations(run.id(), 0, 10)).hasSize(1);
        }
    }

    private static List<String> statements(String migration) throws IOException {
        try (InputStream script = Objects.requireNonNull(
                JdbcStore.class.getResourceAsStream("/META-INF/ralph/migration/h2/" + migration))) {
            return Arrays.asList(new String(script.readAllBytes(), StandardCharsets.UTF_8).split(";", -1));
        }
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet found = statement.executeQuery("SELECT table_name FROM information_schema.tables"
                + " WHERE table_schema = 'RALPH' AND table_name <> 'ralph_schema_history'")) {
            while (found.next()) {
                tables.add(found.getString(1));
            }
        }
        return tables;
    }

    @Test
    void interruptsCostNothingHoweverOftenTheyCome() throws Exception {
        try (JdbcStore store = open()) {
            TestRun run = TestRun.begin(store);
            Thread worker = new Thread(() -> {
                for (int i = 1; i <= 100; i++) {
                    run.start(i);
                    run.settle(i);
                }
            });
            worker.start();
            while (worker.isAlive()) {
                worker.interrupt();
                worker.join(1);
            }

            assertThat(store.iterations(run.id(), 0, 1_000)).hasSize(100);
        }
    }

    @Test
    void aHostsDatabaseIsMadeToWriteAtOnce() throws SQLException {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:h2:async:" + folder.resolve("host").toAbsolutePath());
        pool.setMaximumPoolSize(5);
        try (pool;
                JdbcStore store = JdbcStore.builder().dataSource(pool).build();
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet delay = statement.executeQuery(
                        "SELECT setting_value FROM information_schema.settings WHERE setting_name = 'WRITE_DELAY'")) {
            assertThat(delay.next()).isTrue();
            assertThat(delay.getString(1)).isEqualTo("0");
            TestRun.begin(store).start(1);
        }
    }

    @Test
    void runsPastRetentionGoOneByOne() {
        try (JdbcStore store = JdbcStore.builder()
                .h2File(file())
                .pool(1, 5)
                .retention(Duration.ofDays(30))
                .build()) {
            Instant old = Instant.now().minus(Duration.ofDays(40));
            TestRun ended = TestRun.begin(store, TestRun.submitted(old));
            ended.start(1);
            ended.settle(1);
            ended.end(StopReason.STALLED);
            TestRun unfinished = TestRun.begin(store, TestRun.submitted(old));
            TestRun fresh = TestRun.begin(store);
            fresh.end(StopReason.STALLED);

            assertThat(store.maintain()).isEqualTo(new MaintenanceReport(0, 0, 1, true));

            assertThat(store.find(ended.id())).isEmpty();
            assertThat(store.iterations(ended.id(), 0, 10)).isEmpty();
            assertThat(store.events(ended.id(), 0, 10)).isEmpty();
            assertThat(store.find(unfinished.id())).isPresent();
            assertThat(store.find(fresh.id())).isPresent();
        }
    }

    @Test
    void anotherDatabaseIsRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> JdbcStore.builder().url("jdbc:derby:runs").build())
                .withMessageContaining("jdbc:h2:file:");
    }

    @Test
    void aStoreNeedsOneDatabase() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> JdbcStore.builder().build())
                .withMessageContaining("one database");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> JdbcStore.builder()
                        .h2File(file())
                        .dataSource(new HikariDataSource())
                        .build())
                .withMessageContaining("one database");
    }

    @Test
    void theFileCanBeLookedIntoWithPlainH2OnceTheStoreIsClosed() throws SQLException {
        open().close();

        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + file(), "sa", "");
                Statement statement = connection.createStatement();
                ResultSet runs = statement.executeQuery("SELECT count(*) FROM ralph.orchestrations")) {
            assertThat(runs.next()).isTrue();
        }
    }

    private JdbcStore open() {
        return JdbcStore.builder().h2File(file()).pool(1, 5).build();
    }

    private Path file() {
        return folder.resolve("runs");
    }

    /** Tries to open a database that its parent has open. */
    static final class OtherProcess {

        private OtherProcess() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] arguments) {
            try (JdbcStore store =
                    JdbcStore.builder().h2File(Path.of(arguments[0])).pool(1, 1).build()) {
                System.out.println("opened, with " + store.list(RunQuery.NEWEST));
            } catch (RuntimeException e) {
                System.out.println(e);
            }
        }
    }
}
