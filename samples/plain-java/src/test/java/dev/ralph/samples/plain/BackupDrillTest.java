/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of {@code deploy/backup} have this program verify a signed trail in what they restored. */
@Tag("integration")
@Tag("linux")
@Tag("pgclient")
class BackupDrillTest {

    private static final Pattern WHOLE = Pattern.compile("VERIFIED\\nWhole +[1-9]\\d* batches with [1-9]\\d* entries");
    private static final String KEY =
            Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.UTF_8));

    private static final Path SCRIPTS =
            Path.of("..", "..", "deploy", "backup").toAbsolutePath().normalize();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aBackUpIsVerifiedWithItsTrailUntilSomebodyChangesARow() throws Exception {
        Repository repository = Repository.create(folder);
        try (Postgres server = Postgres.ofClientPrograms()) {
            String url = server.empty();
            RalphProcess.Setup ralph = setup(url);
            runUntilItsTrailIsSealed(ralph, repository);
            RalphProcess.Setup scripts = setup(url)
                    .with("PATH", "/usr/lib/postgresql/15/bin:" + System.getenv("PATH"))
                    .with("BACKUP_DIR", folder.resolve("before").toString())
                    .with(
                            "BACKUP_FOLDERS",
                            folder.resolve("home").resolve("artifacts").toString())
                    .with(
                            "RALPH_COMMAND",
                            "sh " + repository.script("ralph", "exec " + ralph.commandLine() + " \"$@\""));

            var made = script(scripts, "backup.sh");
            assertThat(made.code()).as(made.all()).isZero();
            var whole = script(scripts, "verify.sh", "--strict");
            assertThat(whole.code()).as(whole.all()).isZero();
            assertThat(whole.out())
                    .containsPattern("rows compared: [1-9]\\d* in \\d+ tables, all there")
                    .containsPattern("artifacts: [1-9]\\d* referred to, all there")
                    .containsPattern(WHOLE)
                    .contains("audit trail: chain verified")
                    .containsPattern("recovery time: \\d+\\.\\d{3} s")
                    .containsPattern("recovery point: all that was committed by 20\\S+Z, \\d+ s ago");

            server.in(
                    url,
                    "SET session_replication_role = replica; UPDATE audit.activity_log SET user_id = 'os:mallory' WHERE id = 1");
            scripts.with("BACKUP_DIR", folder.resolve("after").toString());

            var later = script(scripts, "backup.sh");
            assertThat(later.code()).as(later.all()).isZero();
            var broken = script(scripts, "verify.sh");
            assertThat(broken.code()).as(broken.all()).isEqualTo(1);
            assertThat(broken.out())
                    .contains("BROKEN: batch 1: entry 1 is not what its node wrote")
                    .doesNotContain("chain verified");
            // What it says of exit code 60 alone.
            assertThat(broken.err()).contains("audit trail: its chain is broken");
        }
    }

    private RalphProcess.Setup setup(String url) {
        return new RalphProcess.Setup(folder, folder.resolve("home"))
                .with("DATABASE_URL", url)
                .with("AUDIT_KEY", KEY);
    }

    /** Whoever works seals, every ten seconds. */
    private void runUntilItsTrailIsSealed(RalphProcess.Setup ralph, Repository repository) throws Exception {
        Path sealed = folder.resolve("sealed");
        String agent = "until [ -e " + sealed + " ]; do sleep 0.1; done; echo LOOP_COMPLETE";
        try (RalphProcess run = ralph.start(
                "run",
                "--quiet",
                "--prompt",
                "x",
                "--workspace",
                repository.argument(),
                "--max-iterations",
                "1",
                "--",
                "sh",
                repository.script("agent.sh", agent))) {
            Awaitility.await("sealed entries")
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() ->
                            WHOLE.matcher(ralph.here("audit", "--verify").out()).find());
            Files.createFile(sealed);
            var end = run.await();
            assertThat(end.code()).as(end.all()).isZero();
        }
    }

    private static RalphProcess.Ended script(RalphProcess.Setup setup, String name, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve(name).toString()));
        command.addAll(List.of(arguments));
        try (RalphProcess process = setup.launch(command)) {
            return process.await();
        }
    }
}
