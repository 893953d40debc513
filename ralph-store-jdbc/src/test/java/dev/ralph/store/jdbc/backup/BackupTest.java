/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ralph.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How back-ups are made and kept. */
@Tag("scale")
@Tag("linux")
@Tag("pgclient")
class BackupTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'ralph-'uuuuMMdd'T'HHmmss'Z'");

    @RegisterExtension
    static final ClientServer SERVER = new ClientServer();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private String database;

    @SuppressWarnings("NullAway.Init")
    private Shell shell;

    @BeforeEach
    void migrate() throws SQLException {
        database = SERVER.server().migrated();
        shell = new Shell(folder)
                .with("DATABASE_URL", SERVER.server().url(database))
                .with("BACKUP_DIR", backups().toString());
    }

    @AfterEach
    void drop() throws SQLException {
        SERVER.server().drop(database);
    }

    @Test
    void rowsAreOfOneMomentWhileNodesWriteAndArtifactsAreThere() throws Exception {
        String iterations = "SELECT count(*) FROM ralph.iterations";
        String restored = SERVER.server().empty();
        try (Host host = new Host(SERVER.server().url(database), folder.resolve("host"))) {
            List<Run> runs = List.of(host.begin("one"), host.begin("two"), host.begin("three"));
            runs.forEach(run -> Host.awaitIterations(run, 5));
            long before = SERVER.count(database, iterations);
            shell.with("BACKUP_FOLDERS", folder.resolve("host") + ":")
                    .script("backup.sh")
                    .requireSuccess();
            long after = SERVER.count(database, iterations);

            assertThat(after).isGreaterThan(before);
            assertThat(rows("ralph.iterations")).isBetween(before, after);
        }
        assertThat(shell.script("verify.sh").requireSuccess().output())
                .containsPattern("rows compared: \\d+ in \\d+ tables, all there")
                .containsPattern("artifacts: [1-9]\\d* referred to, all there")
                .containsPattern("recovery time: \\d+\\.\\d{3} s")
                .containsPattern(
                        "recovery point: all that was committed by 20\\S+Z, \\d+ s ago; newest record 20\\S+Z");
        shell.with("DATABASE_URL", SERVER.server().url(restored))
                .script("restore.sh", "--no-folders", only().toString())
                .requireSuccess();
        assertThat(SERVER.count(
                        restored,
                        "SELECT count(*) FROM ralph.orchestrations o WHERE last_event <>"
                                + " (SELECT count(*) FROM ralph.events e WHERE e.run_id = o.id)"))
                .isZero();
        SERVER.server().drop(restored);
    }

    @Test
    void backUpsPastTheirRetentionGoAndNothingElse() throws Exception {
        List<Path> old = List.of(backup(30, 1), backup(400, 0));
        List<Path> kept = List.of(
                backup(29, 0), made("ralph-20200101T000000Z.old"), made("notes"), made("ralph-20200101T000000"));
        Path link = Files.createSymbolicLink(backups().resolve("ralph-20200102T000000Z"), made("elsewhere"));

        assertThat(shell.script("backup.sh").requireSuccess().output()).contains("older than 30 days: " + old.get(0));

        assertThat(old).noneMatch(Files::exists);
        assertThat(kept).allMatch(Files::exists);
        assertThat(link).exists();
        assertThat(shell.script("verify.sh").requireSuccess().output()).doesNotContain("elsewhere");
    }

    @Test
    void aRetentionThatIsNoNumberIsRefusedAndDeletesNothing() throws Exception {
        Path old = backup(400, 0);

        assertThat(shell.with("RETENTION_DAYS", "0")
                        .script("backup.sh")
                        .requireFailure()
                        .output())
                .contains("RETENTION_DAYS '0' must be a whole number");

        assertThat(old).exists();
    }

    @Test
    void aKilledBackUpLeavesNoCompleteNameAndTheNextOneWorks() throws Exception {
        try (Connection holding = SERVER.server().connect(database)) {
            Shell.Started killed = startBeside(holding);
            killed.process().destroyForcibly().waitFor();

            assertThat(complete()).isEmpty();
            assertThat(partial()).hasSize(1);
            holding.rollback();
        }
        await("the next back-up")
                .atMost(BOUND)
                .until(() -> shell.script("backup.sh").code() == 0);
        assertThat(partial()).isEmpty();
        shell.script("verify.sh").requireSuccess();
    }

    @Test
    void aSecondOneAtTheSameTimeIsRefusedAndHarmsNothing() throws Exception {
        try (Connection holding = SERVER.server().connect(database)) {
            Shell.Started first = startBeside(holding);

            assertThat(shell.script("backup.sh").requireFailure().output()).contains("another back-up");

            holding.rollback();
            first.await().requireSuccess();
        }
        shell.script("verify.sh").requireSuccess();
    }

    @Test
    void oneThatFailsLeavesNothing() throws Exception {
        Shell full = shell.withProgram("pg_dump", """
                #!/bin/sh
                [ "$1" != --version ] || exec /usr/lib/postgresql/15/bin/pg_dump --version
                echo half > database.dump
                echo 'No space left on device' >&2
                exit 1
                """);

        assertThat(full.script("backup.sh").requireFailure().output()).contains("pg_dump could not dump it");

        assertThat(complete()).isEmpty();
        assertThat(partial()).isEmpty();
    }

    @Test
    void aDatabaseWithoutRalphIsRefused() throws Exception {
        String empty = SERVER.server().empty();

        assertThat(shell.with("DATABASE_URL", SERVER.server().url(empty))
                        .script("backup.sh")
                        .requireFailure()
                        .output())
                .contains("no schema 'ralph'");

        assertThat(complete()).isEmpty();
        SERVER.server().drop(empty);
    }

    @Test
    void aFolderThatWouldHoldItsOwnBackUpsIsRefused() throws Exception {
        assertThat(shell.with("BACKUP_FOLDERS", folder.toString())
                        .script("backup.sh")
                        .requireFailure()
                        .output())
                .contains("put it elsewhere");
    }

    @Test
    void theCopyInS3HasItsSumsLast() throws Exception {
        Path calls = folder.resolve("calls");
        Shell recording = shell.withProgram("aws", "#!/bin/sh\necho \"$*\" >> '" + calls + "'\n");

        recording.with("S3_URL", "s3://bucket/ralph/").script("backup.sh").requireSuccess();

        String copy = "s3://bucket/ralph/" + only().getFileName();
        assertThat(Files.readAllLines(calls))
                .containsExactly(
                        "s3 cp --recursive --only-show-errors --exclude SHA256SUMS " + only() + " " + copy,
                        "s3 cp --only-show-errors " + only() + "/SHA256SUMS " + copy + "/SHA256SUMS");
    }

    @Test
    void oldOnesStayWhenTheCopyFails() throws Exception {
        Path old = backup(400, 0);
        Shell failing = shell.withProgram("aws", "#!/bin/sh\nexit 1\n");

        failing.with("S3_URL", "s3://bucket").script("backup.sh").requireFailure();

        assertThat(old).exists();
    }

    /** Starts one that waits for a lock on a table. */
    private Shell.Started startBeside(Connection holding) throws SQLException, IOException {
        holding.setAutoCommit(false);
        try (Statement statement = holding.createStatement()) {
            statement.execute("LOCK TABLE ralph.budgets IN ACCESS EXCLUSIVE MODE");
        }
        Shell.Started started = shell.startScript("backup.sh");
        await("it waits for the lock")
                .atMost(BOUND)
                .until(() -> SERVER.count(database, "SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
        return started;
    }

    private Path backups() {
        return folder.resolve("backups");
    }

    private Path backup(int daysAgo, int minutesAgo) throws IOException {
        return made(LocalDateTime.now(ZoneOffset.UTC)
                .minusDays(daysAgo)
                .minusMinutes(minutesAgo)
                .format(NAME));
    }

    private Path made(String name) throws IOException {
        Path made = Files.createDirectories(backups().resolve(name));
        Files.createFile(made.resolve("database.dump"));
        return made;
    }

    private List<Path> complete() throws IOException {
        return children("ralph-.*Z");
    }

    private List<Path> partial() throws IOException {
        return children("ralph-.*\\.partial");
    }

    private Path only() throws IOException {
        assertThat(complete()).hasSize(1);
        return complete().get(0);
    }

    private List<Path> children(String pattern) throws IOException {
        try (Stream<Path> paths = Files.list(backups())) {
            return paths.filter(path -> path.getFileName().toString().matches(pattern))
                    .toList();
        }
    }

    private long rows(String table) throws IOException {
        return Files.readAllLines(only().resolve("rows")).stream()
                .filter(line -> line.startsWith(table + " "))
                .mapToLong(line -> Long.parseLong(line.substring(table.length() + 1)))
                .sum();
    }
}
