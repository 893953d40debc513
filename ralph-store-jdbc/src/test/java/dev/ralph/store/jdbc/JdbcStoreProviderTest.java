/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.agent.CommandAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code RALPH_STORE=jdbc}, as a host sets it. */
class JdbcStoreProviderTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Tag("linux")
    void aRunIsStoredInThePostgresqlOfTheUrl() throws Exception {
        Map<String, String> properties = Map.of(
                "DATABASE_URL",
                "postgresql://postgres@localhost:" + DATABASE.server().port() + "/" + DATABASE.name(),
                "DATABASE_POOL_SIZE",
                "2",
                "DATABASE_MAX_OVERFLOW",
                "5");

        assertRunsAndIsFoundAgain(properties);

        assertThat(DATABASE.query("SELECT count(*) FROM ralph.iterations")).isEqualTo("2");
    }

    @Test
    @Tag("linux")
    void withoutAUrlARunIsStoredInAFile() throws Exception {
        Path file = folder.resolve("deep/down/runs");

        assertRunsAndIsFoundAgain(Map.of("RALPH_STORE_FILE", file.toString()));

        assertThat(Path.of(file + ".mv.db")).isNotEmptyFile();
    }

    @ParameterizedTest
    @CsvSource({
        "DATABASE_POOL_SIZE, many, a whole number",
        "DATABASE_POOL_SIZE, 0, must be 1 or more",
        "DATABASE_MAX_OVERFLOW, 1, must not be less than poolSize",
        "RALPH_STORE_MIGRATIONS, maybe, 'run, validate or none'",
        "RALPH_STORE_RETENTION_DAYS, 0, must be from 1 to 36500 days",
        "RALPH_STORE_RETENTION_DAYS, x, a number of days",
        "RALPH_AUDIT_RETENTION_DAYS, 29, must be 30 days or more",
        "RALPH_AUDIT_RETENTION_DAYS, x, a number of days",
        "AUDIT_KEY, s3cret, key 1 of 1 in AUDIT_KEY",
        "DATABASE_URL, mysql://ralph:s3cret@host/runs, postgresql://"
    })
    void whatCannotBeIsNamed(String name, String value, String expected) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder(Map.of(
                                "RALPH_STORE_FILE", folder.resolve("runs").toString(), name, value))
                        .build())
                .withMessageContaining(expected)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("s3cret"));
    }

    private void assertRunsAndIsFoundAgain(Map<String, String> properties) throws Exception {
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        RunId id;
        try (Orchestrator ralph = builder(properties).build()) {
            RunResult result = ralph.run(RunSpec.prompt("Say it twice")
                    .workspace(workspace)
                    .agent("twice")
                    .taskId("task-1")
                    .label("team", "blue")
                    .limits(Limits.builder().maxIterations(5).build())
                    .build());
            assertThat(result.reason()).isEqualTo(StopReason.COMPLETED);
            id = result.id();
        }

        try (Orchestrator ralph = builder(properties).build()) {
            assertThat(ralph.find(id)).map(run -> run.snapshot().status()).isEqualTo(Optional.of(RunStatus.COMPLETED));
            assertThat(ralph.list(RunQuery.NEWEST.withLabels(Map.of("team", "blue")))
                            .items())
                    .singleElement()
                    .satisfies(run -> assertThat(run.progress().iterations()).isEqualTo(2));
        }
    }

    private static OrchestratorBuilder builder(Map<String, String> properties) {
        OrchestratorBuilder builder = Orchestrator.builder()
                .property("RALPH_STORE", "jdbc")
                .agent(CommandAgent.builder("twice")
                        .command(
                                "sh",
                                "-c",
                                "cat > /dev/null; echo x >> said; [ $(wc -l < said) -ge 2 ] && echo LOOP_COMPLETE;"
                                        + " exit 0")
                        .build());
        properties.forEach(builder::property);
        return builder;
    }
}
