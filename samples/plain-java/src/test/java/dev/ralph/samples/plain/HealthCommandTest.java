/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The health of a host, asked once by a process. */
@Tag("linux")
class HealthCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private RalphProcess.Setup ralph;

    @SuppressWarnings("NullAway.Init")
    private FakeGemini client;

    @BeforeEach
    void create() throws Exception {
        ralph = new RalphProcess.Setup(folder);
        client = FakeGemini.install(folder, ralph);
    }

    @Test
    void aHostThatIsWellIsToldInJsonWithTheCodeZero() throws Exception {
        var end = ralph.run("health");

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.out()).hasLineCount(1);
        JsonNode report = json(end.out());
        assertThat(report.get("status").asText()).isEqualTo("healthy");
        for (String check : new String[] {"orchestrator", "database", "agents", "containment", "disk", "memory"}) {
            assertThat(report.get("checks").has(check)).as(check).isTrue();
        }
        assertThat(report.get("checks")
                        .get("database")
                        .get("details")
                        .get("database")
                        .asText())
                .isEqualTo("H2");
    }

    @Test
    void aHostWithoutRunsIsLookedAtAndNoFileIsMade() throws Exception {
        Path empty = folder.resolve("nothing-yet");
        var end = ralph.with("RALPH_HOME", empty.toString()).run("health", "--ready");

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(json(end.out()).get("checks").has("containment")).isFalse();
        assertThat(empty).doesNotExist();
    }

    @Test
    void aDatabaseThatIsAwayIsAFindingAndNoFailure() throws Exception {
        ralph.with("DATABASE_URL", "postgresql://nobody:s3cret-word@localhost:1/none");

        var end = ralph.run("health");
        assertThat(end.code()).as(end.all()).isEqualTo(1);
        JsonNode database = json(end.out()).get("checks").get("database");
        assertThat(database.get("status").asText()).isEqualTo("DOWN");
        assertThat(database.get("message").asText()).contains("localhost:1/none", "cannot be reached");
        assertThat(json(end.out()).get("checks").get("memory").get("status").asText())
                .isEqualTo("UP");
        assertThat(end.all()).doesNotContain("s3cret-word");

        assertThat(ralph.run("health", "--live").code()).isZero();
    }

    @Test
    void withoutAnAgentItIsNotReadyAndAlive() throws Exception {
        client.remove();

        var end = ralph.run("health", "--ready");
        assertThat(end.code()).as(end.all()).isEqualTo(1);
        JsonNode agents = json(end.out()).get("checks").get("agents");
        assertThat(agents.get("status").asText()).isEqualTo("DOWN");
        assertThat(agents.get("message").asText()).contains("no agent is ready", "gemini");
        assertThat(ralph.run("health", "--live").code()).isZero();
    }

    /** They are looked for where hosts have them, whatever {@code PATH} says: so they are hidden there, from this process alone. */
    @Test
    @Tag("root")
    void withoutTheToolsThatContainAgentsItIsDegradedAndReady() throws Exception {
        String hidden = "for tool in /usr/local/bin/bwrap /usr/bin/bwrap /bin/bwrap /usr/bin/unshare /bin/unshare; do"
                + " [ ! -e $tool ] || mount --bind /dev/null $tool; done; exec ";
        RalphProcess.Ended end;
        try (RalphProcess process =
                ralph.launch(List.of("unshare", "-m", "sh", "-c", hidden + ralph.commandLine() + " health"))) {
            end = process.await();
        }

        assertThat(end.code()).as(end.all()).isZero();
        JsonNode checks = json(end.out()).get("checks");
        assertThat(checks.get("containment").get("status").asText()).isEqualTo("DEGRADED");
        assertThat(checks.get("containment").get("message").asText()).contains("MARKER", "bubblewrap");
        assertThat(checks.get("database").get("status").asText()).isEqualTo("UP");
        assertThat(checks.get("orchestrator").get("status").asText()).isEqualTo("UP");
    }

    @Test
    void oneQuestionAtATime() {
        var end = ralph.here("health", "--live", "--ready");
        assertThat(end.code()).isEqualTo(2);
        assertThat(end.err()).contains("--live", "--ready", "mutually exclusive");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
