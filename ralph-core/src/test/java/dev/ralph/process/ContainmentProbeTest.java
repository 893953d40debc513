/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mechanism is used because a trial run went well, not because a file is there. */
@Tag("linux")
class ContainmentProbeTest {

    private static final List<Path> SYSTEM = List.of(Path.of("/usr/bin"), Path.of("/bin"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path tools;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void aBubblewrapThatMakesNoNamespaceIsNotTrusted() throws IOException {
        tool("bwrap", "while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\"");
        ContainmentReport report =
                launch(new Containment(List.of(ContainmentMechanism.BWRAP, ContainmentMechanism.MARKER)));
        assertThat(report.mechanism()).isEqualTo(ContainmentMechanism.MARKER);
        assertThat(report.level()).isEqualTo(ContainmentLevel.PROCESS_TREE);
        assertThat(report.degraded()).isTrue();
        assertThat(report.attempts()).hasSize(2);
        assertThat(report.attempts().get(0).problem()).contains("not the first process of a PID namespace");
        assertThat(report.attempts().get(1).usable()).isTrue();
        assertThat(report.limitation()).contains("survives");
        assertThat(report.fix()).contains("bubblewrap").contains("BWRAP (The supervisor");
    }

    @Test
    void whatAToolSaysAgainstItIsInTheReport() throws IOException {
        tool("bwrap", "echo 'bwrap: No permissions to create new namespace' >&2; exit 1");
        assertThatThrownBy(() -> launch(Containment.using(ContainmentMechanism.BWRAP)))
                .isInstanceOf(ContainmentException.class)
                .hasMessageContaining("bwrap: No permissions to create new namespace")
                .hasMessageContaining("Install bubblewrap");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aToolThatSaysNothingIsGivenUp() throws IOException {
        tool("bwrap", "exit 0");
        assertThatThrownBy(() -> launch(Containment.using(ContainmentMechanism.BWRAP)))
                .hasMessageContaining("BWRAP (The supervisor could not be started in BWRAP: it ended without a word");
    }

    @Test
    void aMissingToolIsNamed() {
        ProcessLauncherBuilder builder = ProcessLauncher.builder()
                .directory(directory)
                .tools(new HostTools(List.of(tools)))
                .containment(Containment.atLeast(ContainmentLevel.PROCESS_TREE));
        assertThatThrownBy(builder::build)
                .isInstanceOf(ContainmentException.class)
                .hasMessageContaining("MARKER (not installed: sh, sleep, rm, setsid, grep)");
    }

    @Test
    void withoutAnyToolTheJvmIsAllThereIs() {
        try (ProcessLauncher launcher = ProcessLauncher.builder()
                .directory(directory)
                .tools(new HostTools(List.of(tools)))
                .build()) {
            assertThat(launcher.containment().mechanism()).isEqualTo(ContainmentMechanism.HANDLES);
            assertThat(launcher.containment().attempts()).hasSize(5);
            assertThat(launcher.containment().limitation()).contains("everything survives a JVM that is killed");
        }
    }

    @Test
    void atLeastLeavesOutWhatIsWeaker() {
        assertThat(Containment.atLeast(ContainmentLevel.PID_NAMESPACE).candidates())
                .containsExactly(ContainmentMechanism.BWRAP, ContainmentMechanism.UNSHARE);
        assertThat(Containment.atLeast(ContainmentLevel.BEST_EFFORT)).isEqualTo(Containment.strongest());
        assertThatThrownBy(() -> new Containment(List.of())).hasMessageContaining("containment.candidates");
    }

    private ContainmentReport launch(Containment containment) {
        try (ProcessLauncher launcher = ProcessLauncher.builder()
                .directory(directory)
                .tools(new HostTools(List.of(tools, SYSTEM.get(0), SYSTEM.get(1))))
                .containment(containment)
                .build()) {
            return launcher.containment();
        }
    }

    private void tool(String name, String script) throws IOException {
        Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
