/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who did what is listed, and a trail that somebody changed is told from one nobody touched. */
@Tag("integration")
class AuditTest {

    private static final String KEY =
            Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.UTF_8));

    private static final String USER = "os:" + System.getProperty("user.name");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Repository repository;

    @SuppressWarnings("NullAway.Init")
    private RalphProcess.Setup ralph;

    @BeforeEach
    void create() throws Exception {
        repository = Repository.create(folder);
        ralph = new RalphProcess.Setup(folder).with("AUDIT_KEY", KEY);
    }

    @Test
    void whatTheUserAndTheNodeDidIsListed() throws Exception {
        String id = run();

        assertThat(ralph.here("audit", "--run", id).out())
                .contains("run.submit", USER, "agent.launched", "iteration=1", "run.ended", "COMPLETED")
                .doesNotContain("No entries");
        assertThat(ralph.here("audit", "--principal", USER).out())
                .contains("run.submit")
                .doesNotContain("run.ended");
        assertThat(ralph.here("audit", "--since", "2100-01-01").out()).contains("No entries");
        assertThat(ralph.here("audit", "--run", id, "--json").out().lines().toList())
                .hasSize(4)
                .first()
                .asString()
                .contains("\"action\":\"run.submit\"");
        var noTime = ralph.here("audit", "--since", "yesterday");
        assertThat(noTime.code()).as(noTime.all()).isEqualTo(2);
    }

    @Test
    void aTrailIsVerifiedUntilSomebodyChangesIt() throws Exception {
        run();
        // Each process that may work on runs seals what those before it left.
        run();

        var whole = ralph.here("audit", "--verify");
        assertThat(whole.code()).as(whole.all()).isZero();
        assertThat(whole.out()).contains("VERIFIED", "1 batches with 4 entries", "Head");
        String head = head(whole);
        assertThat(ralph.here("audit", "--verify", "--head", head).code()).isZero();

        change("UPDATE audit.activity_log SET user_id = 'os:mallory' WHERE id = 1");

        var broken = ralph.here("audit", "--verify");
        assertThat(broken.code()).as(broken.all()).isEqualTo(ExitCode.AUDIT_BROKEN.code());
        assertThat(broken.out()).contains("BROKEN: batch 1: entry 1 is not what its node wrote");

        run();
        run();
        var since = ralph.here("audit", "--verify", "--from-head", head);
        assertThat(since.code()).as(since.all()).isZero();
        assertThat(since.out())
                .as("what came after what is known")
                .contains("VERIFIED", "from batch 2 on; nothing before was looked at");
        var alone = ralph.here("audit", "--from-head", head);
        assertThat(alone.code()).as(alone.all()).isEqualTo(2);
        assertThat(alone.err()).contains("--from-head", "--verify");
    }

    @Test
    void withoutAKeyNothingIsVerified() throws Exception {
        RalphProcess.Setup keyless = new RalphProcess.Setup(folder, folder.resolve("home"));
        var verified = keyless.here("audit", "--verify");

        assertThat(verified.code()).as(verified.all()).isEqualTo(ExitCode.AUDIT_UNSIGNED.code());
        assertThat(verified.out()).contains("UNSIGNED", "AUDIT_KEY");
    }

    @Test
    void aMalformedKeyStopsTheStart() throws Exception {
        var refused = ralph.with("AUDIT_KEY", "c2hvcnQ=").here("list");

        assertThat(refused.code()).as(refused.all()).isEqualTo(2);
        assertThat(refused.err()).contains("AUDIT_KEY", "5 bytes").doesNotContain("c2hvcnQ=");
    }

    private static String head(RalphProcess.Ended verified) {
        return verified.out()
                .lines()
                .filter(line -> line.startsWith("Head"))
                .map(line -> line.substring("Head".length()).strip())
                .findFirst()
                .orElseThrow();
    }

    private void change(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + folder.resolve("home").resolve("runs"), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String run() throws Exception {
        var end = ralph.here(
                "run",
                "--quiet",
                "--prompt",
                "x",
                "--workspace",
                repository.argument(),
                "--max-iterations",
                "2",
                "--",
                "sh",
                repository.script("agent.sh", "echo LOOP_COMPLETE"));
        assertThat(end.code()).as(end.all()).isZero();
        return end.out().lines().findFirst().orElseThrow();
    }
}
