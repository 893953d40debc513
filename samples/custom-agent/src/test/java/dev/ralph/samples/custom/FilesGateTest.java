/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.ConfigurationException;
import dev.ralph.GateRef;
import dev.ralph.RunId;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.process.ProcessListener;
import dev.ralph.spi.GateContext;
import dev.ralph.spi.GateVerdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** By hand: there is no kit for gates, whose contract is a verdict. */
class FilesGateTest {

    @TempDir
    private Path folder;

    @Test
    void filesThatAreThereAndCleanPass() throws Exception {
        write("docs/api.md", "All of it");

        assertThat(check(Map.of("exist", List.of("docs/api.md"), "without", List.of("TODO"))))
                .isEqualTo(GateVerdict.pass());
    }

    @Test
    void everyProblemIsFeedback() throws Exception {
        write("docs/api.md", "TODO, FIXME: é");

        GateVerdict verdict = check(
                Map.of("exist", List.of("docs/api.md", "CHANGELOG.md"), "without", List.of("TODO", "FIXME: é", "XXX")));

        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.feedback())
                .contains("docs/api.md has 'TODO'", "docs/api.md has 'FIXME: é'", "CHANGELOG.md cannot be read")
                .doesNotContain("XXX");
    }

    @Test
    void aFolderIsNoFile() throws Exception {
        Files.createDirectories(workspace().resolve("docs"));

        assertThat(check(Map.of("exist", List.of("docs"))).feedback()).contains("must be a file in the workspace");
    }

    @Test
    void aFileLargerThanAMegabyteIsNotRead() throws Exception {
        write("large", "x".repeat(1_000_001));

        assertThat(check(Map.of("exist", List.of("large"))).feedback()).contains("1 MB at most");
    }

    @Test
    void neitherAPathNorALinkLeavesTheWorkspace() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside"), "there");
        Files.createSymbolicLink(workspace().resolve("link"), outside);

        for (String file : List.of("../outside", outside.toString(), "link")) {
            assertThat(check(Map.of("exist", List.of(file))).feedback())
                    .as(file)
                    .contains(file + " must be a file in the workspace");
        }
    }

    @Test
    @Tag("linux")
    @Timeout(10)
    void aPipeThatTheAgentLeftDoesNotHoldTheGateUp() throws Exception {
        Path pipe = workspace().resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(5, TimeUnit.SECONDS))
                .isTrue();

        assertThat(check(Map.of("exist", List.of("pipe"))).passed()).isFalse();
    }

    @Test
    void settingsThatAreWrongAreRefusedWithTheirNames() {
        assertRefused(Map.of(), "needs 'exist'");
        assertRefused(Map.of("exist", List.of()), "needs 'exist'");
        assertRefused(Map.of("exist", "a text"), "'exist'");
        assertRefused(Map.of("exist", List.of("a"), "without", List.of(1)), "'without'");
        assertRefused(Map.of("exist", List.of("a"), "wihtout", List.of("TODO")), "wihtout");
    }

    @Test
    void aGateCanBeBuiltAgainFromItsReference() {
        GateRef ref = new GateRef("files", "notes", Map.of("exist", List.of("a"), "without", List.of("b")));

        assertThat(new FilesGateProvider().create(ref).ref()).isEqualTo(ref);
        assertThat(new FilesGateProvider().type()).isEqualTo(ref.type());
    }

    private static void assertRefused(Map<String, Object> settings, String said) {
        assertThatThrownBy(() -> new FilesGateProvider().create(new GateRef("files", "notes", settings)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(said);
    }

    private GateVerdict check(Map<String, Object> settings) throws Exception {
        try (ProcessLauncher launcher = ProcessLauncher.builder().build()) {
            GateContext context =
                    new GateContext(RunId.create(Instant.now()), 1, workspace(), launcher, ProcessListener.none());
            return new FilesGateProvider()
                    .create(new GateRef("files", "notes", settings))
                    .check(context);
        }
    }

    private Path workspace() throws Exception {
        return Files.createDirectories(folder.resolve("workspace"));
    }

    private void write(String file, String text) throws Exception {
        Path path = workspace().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
