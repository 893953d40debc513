/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.Actor;
import dev.ralph.ConfigurationException;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.agent.CommandAgent;
import dev.ralph.agent.CommandAgentProvider;
import dev.ralph.artifact.FileArtifactStore;
import dev.ralph.health.CheckResult;
import dev.ralph.health.CheckStatus;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;
import dev.ralph.health.HealthReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The health of a whole orchestrator. */
class HealthTest {

    @TempDir
    Path folder;

    @Test
    @Tag("linux")
    void withoutItsOnlyAgentsProgramANodeIsAliveButNotReady() throws Exception {
        Path program = program("agent");
        try (Orchestrator ralph = builder(program).build()) {
            assertThat(ralph.health().ready().check("agents").status()).isEqualTo(CheckStatus.UP);
        }
        Files.delete(program);
        try (Orchestrator ralph = builder(program).build()) {
            CheckResult agents = ralph.health().ready().check("agents");
            assertThat(agents.status()).isEqualTo(CheckStatus.DOWN);
            assertThat(agents.message()).contains("only").contains(program.toString());
            assertThat(ralph.health().ready().healthy()).isFalse();
            assertThat(ralph.health().live().healthy()).isTrue();
        }
    }

    @Test
    @Tag("linux")
    void withOneOfTwoAgentsGoneANodeIsDegraded() throws Exception {
        Path gone = folder.resolve("gone");
        try (Orchestrator ralph = builder(gone)
                .agent(CommandAgent.builder("other")
                        .command(program("other").toString())
                        .build())
                .build()) {
            CheckResult agents = ralph.health().ready().check("agents");
            assertThat(agents.status()).isEqualTo(CheckStatus.DEGRADED);
            assertThat(agents.details()).containsEntry("other", "ready").containsEntry("only", "not ready");
        }
    }

    @Test
    @Tag("linux")
    void withTwoAgentsWhoseProgramsHangANodeIsDegraded() throws Exception {
        try (Orchestrator ralph = builder(program("agent"))
                .agent(hanging("one"))
                .agent(hanging("two"))
                .preferAgents("only", "one", "two")
                .build()) {
            CheckResult agents = ralph.health().ready().check("agents");
            assertThat(agents.status()).as(agents.toString()).isEqualTo(CheckStatus.DEGRADED);
            assertThat(agents.message()).contains("one: it did not answer").contains("two: it did not answer");
            assertThat(agents.details()).containsEntry("only", "ready");
        }
    }

    @Test
    void theHostsOwnProbesAreAskedToo() {
        try (Orchestrator ralph =
                Orchestrator.builder().healthProbe(new Licence("licence")).build()) {
            HealthReport report = ralph.as(Actor.of("somebody")).health().full();
            assertThat(report.healthy()).isFalse();
            assertThat(report.check("licence").message()).contains("renew it");
            assertThat(ralph.as(Actor.of("somebody")).health()).isSameAs(ralph.health());
        }
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Orchestrator.builder()
                        .healthProbe(new Licence("memory"))
                        .build())
                .withMessageContaining("'memory'");
    }

    @Test
    void whatWorksRunsTellsOfItsDispatcherAndItsLeases() {
        try (Orchestrator ralph = Orchestrator.builder().maxParallelRuns(3).build()) {
            HealthReport report = ralph.health().ready();
            assertThat(report.check("dispatcher").status()).isEqualTo(CheckStatus.UP);
            assertThat(report.check("dispatcher").details()).containsEntry("slots", 3);
            assertThat(report.check("leases").status()).isEqualTo(CheckStatus.UP);
            assertThat(report.check("leases").details()).containsEntry("held", 0);
        }
    }

    @Test
    void foldersItWritesToAreWatched() throws Exception {
        Path artifacts = Files.createDirectory(folder.resolve("artifacts"));
        try (FileArtifactStore store = new FileArtifactStore(artifacts);
                Orchestrator ralph = Orchestrator.builder().artifacts(store).build()) {
            assertThat(ralph.health().full().check("disk").details())
                    .containsKey(artifacts.toAbsolutePath() + " usedPercent");
        }
    }

    @Test
    void weakContainmentIsToldWithItsReasonAndTakesNoNodeOutOfService() {
        try (Orchestrator ralph = Orchestrator.builder().build()) {
            CheckResult containment = ralph.health().full().check("containment");
            assertThat(containment.details())
                    .containsEntry("level", ralph.containment().level().name());
            assertThat(containment.status())
                    .isEqualTo(ralph.containment().degraded() ? CheckStatus.DEGRADED : CheckStatus.UP);
            if (ralph.containment().degraded()) {
                assertThat(containment.message())
                        .contains(String.valueOf(ralph.containment().limitation()));
            }
            assertThat(ralph.health().ready().checks()).doesNotContainKey("containment");
        }
    }

    @Test
    void aClosedOrchestratorStillSaysSo() {
        Orchestrator ralph = Orchestrator.builder().build();
        ralph.close();

        assertThat(ralph.health().live().healthy()).isTrue();
        assertThat(ralph.health().ready().healthy()).isFalse();
        assertThat(ralph.health().ready().check("orchestrator").message()).contains("another node");
    }

    private OrchestratorBuilder builder(Path program) {
        return Orchestrator.builder()
                .agent(CommandAgent.builder("only").command(program.toString()).build())
                .property("RALPH_AGENT", "only");
    }

    private CommandAgentProvider hanging(String name) throws Exception {
        String program = script(name, "exec sleep 600").toString();
        return CommandAgent.builder(name)
                .command(program)
                .versionCommand(program, "--version")
                .build();
    }

    private Path program(String name) throws Exception {
        return script(name, "echo 1.0");
    }

    private Path script(String name, String line) throws Exception {
        Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + line + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private record Licence(String name) implements HealthProbe {

        @Override
        public HealthImpact impact() {
            return HealthImpact.NONE;
        }

        @Override
        public CheckResult check() {
            return CheckResult.down("the licence ended yesterday; renew it");
        }
    }
}
