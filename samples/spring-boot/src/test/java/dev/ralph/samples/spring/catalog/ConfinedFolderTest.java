/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfinedFolderTest {

    @TempDir
    private Path folder;

    private Path root = Path.of("unset");

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectories(folder.resolve("root"));
    }

    @Test
    void aFolderBelowTheRootIsWhereItReallyIs() throws IOException {
        Path real = Files.createDirectories(root.resolve("a/b"));
        assertThat(new ConfinedFolder("w", root, Path.of("a/b")).resolve()).isEqualTo(real.toRealPath());
        assertThat(new ConfinedFolder("w", root, real.toAbsolutePath()).resolve())
                .isEqualTo(real.toRealPath());
    }

    @Test
    void aLinkIntoAnotherWorkspaceIsRefused() throws IOException {
        Path other = Files.createDirectories(root.resolve("other/inner"));
        Files.createSymbolicLink(root.resolve("link"), other.getParent());
        for (String path : new String[] {"link", "link/inner"}) {
            assertThatThrownBy(() -> new ConfinedFolder("w", root, Path.of(path)).resolve())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("host.workspaces.w.path")
                    .hasMessageContaining("over a link");
        }
    }

    @Test
    void theRootItselfMayBeALink() throws IOException {
        Path inside = Files.createDirectories(root.resolve("inside"));
        Path link = Files.createSymbolicLink(folder.resolve("other"), root);
        assertThat(new ConfinedFolder("w", link, Path.of("inside")).resolve()).isEqualTo(inside.toRealPath());
    }

    @Test
    void whatIsOutsideIsRefused() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Path sibling = Files.createDirectories(folder.resolve("root-and-more"));
        Files.createSymbolicLink(root.resolve("link"), outside);
        for (Path path :
                new Path[] {Path.of("../outside"), Path.of("link"), outside, sibling, Path.of("."), Path.of("..")}) {
            assertThatThrownBy(() -> new ConfinedFolder("w", root, path).resolve())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("host.workspaces.w.path")
                    .hasMessageContaining("not below host.workspace-root");
        }
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThatThrownBy(() -> new ConfinedFolder("w", root, Path.of("gone")).resolve())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("gone");
    }
}
