/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ralph.Run;
import dev.ralph.audit.AuditVerification;
import dev.ralph.spi.Secret;
import dev.ralph.store.jdbc.AuditKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Putting a back-up back, and who may. */
@Tag("scale")
@Tag("linux")
@Tag("pgclient")
class RestoreTest {

    private static final String PASSWORD = "p@ss:w%rd/";
    private static final AuditKeys KEYS =
            AuditKeys.of(new Secret("AUDIT_KEY", "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="));
    private static final String ENCODED = "p%40ss%3Aw%25rd%2F";

    @RegisterExtension
    static final ClientServer SERVER = new ClientServer();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private String database;

    @SuppressWarnings("NullAway.Init")
    private String target;

    @SuppressWarnings("NullAway.Init")
    private Shell shell;

    @BeforeEach
    void databases() throws SQLException {
        database = SERVER.server().migrated();
        target = SERVER.server().empty();
        shell = new Shell(folder)
                .with("DATABASE_URL", SERVER.server().url(database))
                .with("BACKUP_DIR", folder.resolve("backups").toString());
    }

    @AfterEach
    void drop() throws SQLException {
        SERVER.server().drop(database);
        SERVER.server().drop(target);
    }

    @Test
    void aRestoredStoreGoesOnWithItsRunsAndItsTrailAndFindsTheirOutputs() throws Exception {
        Path host = folder.resolve("host");
        AuditVerification trail;
        try (Host before = new Host(SERVER.server().url(database), host, KEYS)) {
            Run run = before.begin("task");
            Host.awaitIterations(run, 3);
            Host.pause(run);
            trail = before.sealTrail();
        }
        assertThat(trail.batches()).isPositive();
        long iterations = SERVER.count(database, "SELECT count(*) FROM ralph.iterations");
        shell.with("BACKUP_FOLDERS", host.toString()).script("backup.sh").requireSuccess();
        SERVER.server().drop(database);
        shell.run("rm", "-r", host.toString()).requireSuccess();

        assertThat(into(target).script("restore.sh", backup()).requireSuccess().output())
                .containsPattern("rows compared: \\d+ in \\d+ tables, all there")
                .containsPattern("restored to " + target + " on localhost:\\d+ in \\d+\\.\\d{3} s");

        try (Host after = new Host(SERVER.server().url(target), host, KEYS)) {
            AuditVerification restored = after.verifyTrail(trail.head());
            assertThat(restored.status()).isEqualTo(AuditVerification.Status.VERIFIED);
            assertThat(restored.rows()).isEqualTo(trail.rows());
            assertThat(after.output(after.find("task"), 2)).contains("some output");
            after.finish("task");
            AuditVerification later = after.sealTrail();
            assertThat(later.status()).isEqualTo(AuditVerification.Status.VERIFIED);
            assertThat(later.batches()).as("the chain goes on").isGreaterThan(trail.batches());
        }
        assertThat(SERVER.count(target, "SELECT count(*) FROM ralph.iterations"))
                .isEqualTo(iterations + 1);
        assertThat(SERVER.count(target, "SELECT count(*) FROM pg_stats WHERE tablename = 'orchestrations'"))
                .isPositive();
    }

    @Test
    void whatIsThereIsReplacedOnlyIfThatIsSaid() throws Exception {
        Path artifacts = Files.createDirectories(folder.resolve("artifacts"));
        Files.writeString(artifacts.resolve("file"), "as it was");
        shell.with("BACKUP_FOLDERS", artifacts.toString()).script("backup.sh").requireSuccess();
        Files.writeString(artifacts.resolve("file"), "as it is");
        SERVER.server().execute(database, "INSERT INTO ralph.schema_needs VALUES (7)");

        assertThat(shell.script("restore.sh", backup()).requireFailure().output())
                .containsPattern("has ralph( and audit)? already");
        assertThat(into(target).script("restore.sh", backup()).requireFailure().output())
                .contains(artifacts + " is there and not empty");
        assertThat(SERVER.count(database, "SELECT count(*) FROM ralph.schema_needs"))
                .isEqualTo(2);
        assertThat(artifacts.resolve("file")).hasContent("as it is");

        shell.script("restore.sh", "--replace", backup()).requireSuccess();
        assertThat(SERVER.count(database, "SELECT count(*) FROM ralph.schema_needs"))
                .isOne();
        assertThat(artifacts.resolve("file")).hasContent("as it was");
    }

    @Test
    void foldersGoBelowAnotherOneIfThatIsSaid() throws Exception {
        Path artifacts = Files.createDirectories(folder.resolve("artifacts"));
        Files.writeString(artifacts.resolve("file"), "as it was");
        shell.with("BACKUP_FOLDERS", artifacts.toString()).script("backup.sh").requireSuccess();
        Path elsewhere = folder.resolve("else where");

        into(target)
                .script("restore.sh", "--into", elsewhere.toString(), backup())
                .requireSuccess();

        assertThat(Path.of(elsewhere.toString(), artifacts.toString(), "file")).hasContent("as it was");
    }

    @Test
    void aRestoreThatFailsLeavesTheDatabaseAsItWas() throws Exception {
        SERVER.server().execute("postgres", "CREATE ROLE gone");
        SERVER.server().execute(database, "GRANT SELECT ON ralph.queue TO gone");
        shell.script("backup.sh").requireSuccess();
        SERVER.server().execute(database, "DROP OWNED BY gone");
        SERVER.server().execute("postgres", "DROP ROLE gone");
        SERVER.server().execute(database, "INSERT INTO ralph.schema_needs VALUES (7)");

        assertThat(shell.script("restore.sh", "--replace", backup())
                        .requireFailure()
                        .output())
                .contains("role \"gone\" does not exist")
                .contains("the database is as it was");

        assertThat(SERVER.count(database, "SELECT count(*) FROM ralph.schema_needs"))
                .isEqualTo(2);
    }

    @Test
    void aRoleThatMayOnlyReadBacksUpAndItsPasswordIsInNoCommandLineAndNoOutput() throws Exception {
        Path access = Path.of(ClientServer.query(SERVER.server(), "postgres", "SHOW hba_file"));
        Files.writeString(access, "host all ralph_backup all scram-sha-256\n" + Files.readString(access));
        SERVER.server()
                .execute(
                        "postgres",
                        "CREATE ROLE ralph_backup LOGIN IN ROLE pg_read_all_data PASSWORD '" + PASSWORD + "'");
        SERVER.server().execute("postgres", "SELECT pg_reload_conf()");
        Shell reading = shell.with("DATABASE_URL", url("ralph_backup:" + ENCODED));

        try (Connection holding = SERVER.server().connect(database)) {
            holding.setAutoCommit(false);
            try (Statement statement = holding.createStatement()) {
                statement.execute("LOCK TABLE ralph.budgets IN ACCESS EXCLUSIVE MODE");
            }
            Shell.Started started = reading.startScript("backup.sh");
            await("it waits for the lock")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> SERVER.count(database, "SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
            assertThat(commandLines(started.process()))
                    .anyMatch(line -> line.contains("psql"))
                    .noneMatch(line -> line.contains(PASSWORD) || line.contains(ENCODED));
            holding.rollback();
            assertThat(started.await().requireSuccess().output()).doesNotContain(PASSWORD, ENCODED);
        }
        assertThat(shell.with("DATABASE_URL", url("ralph_backup:" + ENCODED + "x"))
                        .script("backup.sh")
                        .requireFailure()
                        .output())
                .contains("password authentication failed")
                .doesNotContain(PASSWORD, ENCODED);
        assertThat(shell.with("DATABASE_URL", url("ralph_backup"))
                        .with("DATABASE_PASSWORD", PASSWORD)
                        .with("BACKUP_DIR", folder.resolve("others").toString())
                        .script("backup.sh")
                        .requireSuccess()
                        .output())
                .contains("complete: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ralph:p@ss:w%rd/@localhost/ralph",
                "postgresql://ralph:p%zzs@localhost/ralph",
                "postgresql://ralph:p%40s@one,two/ralph",
                "postgresql://ralph:p%40s@localhost",
                "postgresql://ralph:p%40s@localhost/ralph?host=elsewhere",
                "mysql://ralph:p%40s@localhost/ralph"
            })
    void aUrlThatCannotBeReadIsRefusedAndNotShown(String url) throws Exception {
        assertThat(shell.with("DATABASE_URL", url)
                        .script("backup.sh")
                        .requireFailure()
                        .output())
                .contains("FAILED: DATABASE_URL")
                .doesNotContain("p@s", "p%", "w%rd");
    }

    @Test
    void clientProgramsOfAnotherVersionAreRefused() throws Exception {
        Shell newer = shell.withProgram("pg_dump", "#!/bin/sh\necho 'pg_dump (PostgreSQL) 99.1'\n");

        assertThat(newer.script("backup.sh").requireFailure().output())
                .contains("client programs are of PostgreSQL 99 and the server is of 15");
    }

    private Shell into(String other) {
        return shell.with("DATABASE_URL", SERVER.server().url(other));
    }

    private String url(String login) {
        return "postgresql://" + login + "@localhost:" + SERVER.server().port() + "/" + database;
    }

    private String backup() throws IOException {
        try (Stream<Path> backups = Files.list(folder.resolve("backups"))) {
            return backups.filter(Files::isDirectory).findFirst().orElseThrow().toString();
        }
    }

    private static List<String> commandLines(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(handle -> {
                    try {
                        return Files.readString(Path.of("/proc", Long.toString(handle.pid()), "cmdline"));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .collect(Collectors.toList());
    }
}
