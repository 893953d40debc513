/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a verification finds. */
@Tag("integration")
@Tag("linux")
@Tag("pgclient")
class VerifyTest {

    @RegisterExtension
    static final ClientServer SERVER = new ClientServer();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private String database;

    @SuppressWarnings("NullAway.Init")
    private Shell shell;

    /** A database with a run of three iterations, each with an artifact. */
    @BeforeEach
    void work() throws SQLException, IOException {
        database = SERVER.server().migrated();
        shell = new Shell(folder)
                .with("DATABASE_URL", SERVER.server().url(database))
                .with("BACKUP_DIR", folder.resolve("backups").toString())
                .with("BACKUP_FOLDERS", artifacts().toString());
        try (Host host = new Host(SERVER.server().url(database), folder.resolve("host"))) {
            var run = host.begin("task");
            Host.awaitIterations(run, 3);
            Host.pause(run);
        }
    }

    @AfterEach
    void leavesNoScratchDatabase() throws SQLException {
        SERVER.server().drop(database);
        assertThat(SERVER.count("postgres", "SELECT count(*) FROM pg_database WHERE datname LIKE 'ralph_verify_%'"))
                .isZero();
    }

    @Test
    void aRowThatTheDumpLacksIsFound() throws Exception {
        Path backup = backUp();
        SERVER.server().execute(database, "DELETE FROM ralph.iterations WHERE iteration = 2");
        redump(backup);

        assertThat(shell.script("verify.sh").requireFailure().output())
                .contains("differ")
                .containsPattern("in the back-up: ralph.iterations \\d+")
                .containsPattern("restored: ralph.iterations \\d+")
                .doesNotContain("in the back-up: ralph.attempts");
    }

    @Test
    void aTableThatTheDumpLacksIsFound() throws Exception {
        Path backup = backUp();
        SERVER.server().execute(database, "DROP TABLE ralph.queue");
        redump(backup);

        assertThat(shell.script("verify.sh").requireFailure().output()).contains("in the back-up: ralph.queue");
    }

    @Test
    void aByteThatChangedIsFound() throws Exception {
        Path dump = backUp().resolve("database.dump");
        byte[] bytes = Files.readAllBytes(dump);
        bytes[bytes.length / 2] ^= 1;
        Files.write(dump, bytes);

        assertThat(shell.script("verify.sh").requireFailure().output()).contains("changed or damaged");
    }

    @Test
    void aDumpThatIsCutShortIsFoundEvenIfItsSumIsRight() throws Exception {
        Path backup = backUp();
        Path dump = backup.resolve("database.dump");
        byte[] bytes = Files.readAllBytes(dump);
        Files.write(dump, Arrays.copyOf(bytes, bytes.length - bytes.length / 4));
        sum(backup);

        assertThat(shell.script("verify.sh").requireFailure().output()).contains("cannot be restored");
    }

    @Test
    void sumsThatDoNotNameTheDumpAreFound() throws Exception {
        Path sums = backUp().resolve("SHA256SUMS");
        List<String> lines = Files.readAllLines(sums);
        Files.write(
                sums,
                lines.stream().filter(line -> !line.endsWith("database.dump")).toList());

        assertThat(shell.script("verify.sh").requireFailure().output()).contains("does not name database.dump");
    }

    @Test
    void aMissingArtifactIsFound() throws Exception {
        Path artifact;
        try (Stream<Path> files = Files.walk(artifacts())) {
            artifact = files.filter(file -> file.toString().endsWith("attempt-2-1-e1.gz"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.delete(artifact);
        backUp();
        String found = artifact.getName(artifact.getNameCount() - 2) + "/attempt-2-1-e1";

        assertThat(shell.script("verify.sh").requireSuccess().output())
                .containsPattern(
                        "NOT VERIFIED: artifacts: \\d+ referred to, 1 of them not in the back-up, the first " + found);
        assertThat(shell.script("verify.sh", "--strict").requireFailure().output())
                .contains("1 of them not in the back-up");
    }

    @Test
    void artifactsThatWereNotBackedUpAreFound() throws Exception {
        shell.with("BACKUP_FOLDERS", "").script("backup.sh").requireSuccess();

        assertThat(shell.script("verify.sh").requireSuccess().output())
                .containsPattern("NOT VERIFIED: artifacts: (\\d+) referred to, \\1 of them not in the back-up");
    }

    @Test
    void theAuditTrailIsVerifiedInTheScratchDatabaseByTheCommandThatIsNamed() throws Exception {
        SERVER.server()
                .execute(
                        database,
                        "CREATE SCHEMA IF NOT EXISTS audit; CREATE TABLE IF NOT EXISTS audit.activity_log (id bigint)");
        backUp();
        Path call = folder.resolve("call");
        Shell named = shell.withProgram(
                        "ralph", "#!/bin/sh\necho \"$DATABASE_URL $*\" > '" + call + "'\nexit \"$RALPH_EXITS\"\n")
                .with("RALPH_COMMAND", "ralph --quiet");

        assertThat(shell.script("verify.sh").requireSuccess().output())
                .contains("NOT VERIFIED: audit trail: RALPH_COMMAND is not set");
        shell.script("verify.sh", "--strict").requireFailure();
        assertThat(named.with("RALPH_EXITS", "0")
                        .script("verify.sh", "--strict")
                        .requireSuccess()
                        .output())
                .contains("audit trail: chain verified");
        assertThat(Files.readString(call))
                .matches("jdbc:postgresql://localhost:\\d+/ralph_verify_\\d+_\\d+ --quiet audit --verify\n");
        assertThat(named.with("RALPH_EXITS", "60")
                        .script("verify.sh")
                        .requireFailure()
                        .output())
                .contains("its chain is broken");
        assertThat(named.with("RALPH_EXITS", "61")
                        .script("verify.sh")
                        .requireSuccess()
                        .output())
                .contains("NOT VERIFIED: audit trail: it has no key");
        named.with("RALPH_EXITS", "61").script("verify.sh", "--strict").requireFailure();
        assertThat(named.with("RALPH_EXITS", "2")
                        .script("verify.sh")
                        .requireFailure()
                        .output())
                .contains("could not be looked at (exit code 2)");
    }

    @Test
    void whatAKilledVerificationLeftGoesAfterADay() throws Exception {
        backUp();
        SERVER.server().execute("postgres", "CREATE DATABASE ralph_verify_20200101000000_17");

        shell.script("verify.sh").requireSuccess();
    }

    @Test
    void theNewestBackUpIsVerifiedIfNoneIsNamed() throws Exception {
        Path backup = backUp();
        Path older = backup.resolveSibling("ralph-20200101T000000Z");
        Files.createDirectory(older);

        assertThat(shell.script("verify.sh").requireSuccess().output()).contains("verified: " + backup);
        assertThat(shell.script("verify.sh", older.toString()).requireFailure().output())
                .contains("no back-up, or not whole");
    }

    private Path artifacts() {
        return folder.resolve("host").resolve("artifacts");
    }

    private Path backUp() throws IOException, InterruptedException {
        shell.script("backup.sh").requireSuccess();
        try (Stream<Path> backups = Files.list(folder.resolve("backups"))) {
            return backups.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    /** Replaces the dump by one of the database as it is now, as somebody might who can make sums too. */
    private void redump(Path backup) throws IOException, InterruptedException {
        shell.run(
                        "pg_dump",
                        "--format=custom",
                        "--file=" + backup.resolve("database.dump"),
                        "--dbname=" + SERVER.server().url(database).substring("jdbc:".length()))
                .requireSuccess();
        sum(backup);
    }

    private void sum(Path backup) throws IOException, InterruptedException {
        String sums = shell.run(
                        "sh",
                        "-c",
                        "cd \"$1\" && sha256sum about rows database.dump folders.tar.gz",
                        "sh",
                        backup.toString())
                .requireSuccess()
                .output();
        Files.writeString(backup.resolve("SHA256SUMS"), sums, StandardOpenOption.TRUNCATE_EXISTING);
    }
}
