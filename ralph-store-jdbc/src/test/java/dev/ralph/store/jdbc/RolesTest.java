/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.BudgetLimit;
import dev.ralph.ConfigurationException;
import dev.ralph.Orchestrator;
import dev.ralph.RunQuery;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.StopReason;
import dev.ralph.audit.AuditVerification;
import dev.ralph.spi.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes need rows and nothing else: everything works under the application's role, and nothing more does. */
class RolesTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @SuppressWarnings("NullAway.Init")
    private static String database;

    @BeforeAll
    static void createRolesAndSchema() throws Exception {
        database = DATABASE.server().empty();
        DATABASE.server().execute(database, rolesSql());
        open("ralph_migrator", MigrationMode.RUN).close();
    }

    @AfterAll
    static void drop() throws SQLException {
        DATABASE.server().drop(database);
    }

    @Test
    void aNodeDoesAllItsWorkAsTheApplication() {
        try (JdbcStore store = open("ralph_app", MigrationMode.VALIDATE)) {
            store.defineBudget(new BudgetLimit("team", 1_000L, null));
            TestRun run = TestRun.begin(store);
            store.append(run.id(), UUID.randomUUID(), new Command.Guide("mind the tests"));
            run.start(1);
            run.settle(1);
            store.renew(List.of(run.lease()), Duration.ofMinutes(1));
            run.end(StopReason.STALLED);

            assertThat(store.list(RunQuery.NEWEST).items()).isNotEmpty();
            assertThat(store.events(run.id(), 0, 10)).hasSize(4);
            assertThat(store.budget("team")).isPresent();
            assertThat(store.maintain().complete()).isTrue();
        }
    }

    @Test
    void aNodeWorksTheQueueAsTheApplication(@TempDir Path workspace) throws Exception {
        try (JdbcStore store = open("ralph_app", MigrationMode.VALIDATE);
                DbSchedulerDispatcher dispatcher = DbSchedulerDispatcher.working();
                Orchestrator node = Orchestrator.builder()
                        .store(store)
                        .dispatcher(dispatcher)
                        .agent(new CodedAgent(invocation -> CodedAgent.says("LOOP_COMPLETE")))
                        .build()) {
            RunResult result = node.run(RunSpec.prompt("Do the task")
                    .workspace(workspace)
                    .agent(CodedAgent.ID)
                    .build());

            assertThat(result.reason()).isEqualTo(StopReason.COMPLETED);
            Cluster.untilTrue("it hears", store::seesRemoteChanges);
        }
    }

    @Test
    void aNodeWritesAndSealsTheTrailAsTheApplication() {
        try (JdbcStore store = JdbcStore.builder()
                .url("postgresql://ralph_app@localhost:" + DATABASE.server().port() + "/" + database)
                .pool(1, 2)
                .migrations(MigrationMode.VALIDATE)
                .audit(AuditConfig.DEFAULT
                        .withKeys(AuditBench.keys(AuditBench.key('a')))
                        .withRetention(Duration.ofDays(30)))
                .build()) {
            store.audit().orElseThrow().record(AuditBench.entry(1));

            Cluster.untilTrue("it is sealed", () -> store.maintain().batchesSealed() == 1);
            assertThat(store.audit().orElseThrow().verify().status()).isEqualTo(AuditVerification.Status.VERIFIED);
        }
    }

    @Test
    void theApplicationOwnsNothing() throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                var owners = statement.executeQuery("SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class c"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ('ralph', 'audit')")) {
            assertThat(owners.next()).isTrue();
            assertThat(owners.getString(1)).isEqualTo("ralph_migrator");
            assertThat(owners.next()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE ralph.events",
                "DROP SCHEMA ralph CASCADE",
                "ALTER TABLE ralph.orchestrations ADD COLUMN x int",
                "CREATE TABLE ralph.mine (x int)",
                "CREATE INDEX mine ON ralph.events (event_type)",
                "TRUNCATE ralph.events",
                "TRUNCATE ralph.queue",
                "ALTER TABLE ralph.queue DROP COLUMN holds",
                "UPDATE ralph.schema_needs SET oldest_node = 99",
                "DELETE FROM ralph.ralph_schema_history",
                "CREATE OR REPLACE FUNCTION ralph.make_partitions(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
                "SELECT ralph.grant_application('ralph_app')",
                "SELECT ralph.drop_partition('orchestrations', '2020-01-01')",
                "SELECT ralph.drop_partition('events', date_trunc('month', now())::date)",
                "SELECT ralph.make_partitions(1000)",
                "UPDATE audit.activity_log SET user_id = 'x'",
                "DELETE FROM audit.activity_log",
                "INSERT INTO audit.activity_log (id, timestamp, user_id, action, resource, details, entry_id, outcome,"
                        + " node) VALUES (4000000000000000000, now(), 'x', 'x', 'x', '{}', gen_random_uuid(), 'x', 'x')",
                "TRUNCATE audit.activity_log",
                "DELETE FROM audit.activity_log_default",
                "INSERT INTO audit.activity_log_default SELECT * FROM audit.activity_log",
                "ALTER TABLE audit.activity_log DISABLE TRIGGER ALL",
                "DROP TABLE audit.activity_log",
                "UPDATE audit.retention SET days = 30",
                "UPDATE audit.seals SET row_count = 0",
                "DELETE FROM audit.seals",
                "TRUNCATE audit.seals",
                "SELECT setval('audit.activity_log_id', 1)",
                "ALTER SEQUENCE audit.activity_log_id RESTART",
                "SELECT audit.drop_partition(date_trunc('month', now())::date, 0)",
                "SET session_replication_role = replica",
                "CREATE OR REPLACE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN"
                        + " NULL; END'",
                "CREATE SCHEMA mine",
                "ALTER ROLE ralph_app SUPERUSER"
            })
    void theApplicationMayNotChangeTheSchema(String sql) throws SQLException {
        try (Connection connection = connect("ralph_app");
                Statement statement = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute(sql));
        }
    }

    @Test
    void theApplicationCannotMigrateAndIsToldWhoCan() throws SQLException {
        String fresh = DATABASE.server().empty();
        try {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> open(fresh, "ralph_app", MigrationMode.RUN))
                    .withMessageContaining("roles.sql");
        } finally {
            DATABASE.server().drop(fresh);
        }
    }

    @Test
    void rolesMadeAfterTheSchemaGetTheirRights() throws Exception {
        String fresh = DATABASE.server().empty();
        try {
            DATABASE.server().execute(fresh, rolesSql());
            open(fresh, "ralph_migrator", MigrationMode.RUN).close();
            DATABASE.server().execute(fresh, "REVOKE ALL ON ALL TABLES IN SCHEMA ralph FROM ralph_app");

            DATABASE.server().execute(fresh, rolesSql());

            try (JdbcStore store = open(fresh, "ralph_app", MigrationMode.VALIDATE)) {
                TestRun.begin(store).start(1);
            }
        } finally {
            DATABASE.server().drop(fresh);
        }
    }

    private static JdbcStore open(String user, MigrationMode mode) {
        return open(database, user, mode);
    }

    private static JdbcStore open(String database, String user, MigrationMode mode) {
        return JdbcStore.builder()
                .url("postgresql://" + user + "@localhost:" + DATABASE.server().port() + "/" + database)
                .pool(1, 2)
                .migrations(mode)
                .build();
    }

    private static Connection connect(String user) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + DATABASE.server().port() + "/" + database, user, null);
    }

    private static String rolesSql() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(JdbcStore.class.getResourceAsStream("/META-INF/ralph/roles.sql"), "roles.sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
