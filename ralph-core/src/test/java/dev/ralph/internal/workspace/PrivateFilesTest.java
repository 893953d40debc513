/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("linux")
class PrivateFilesTest {

    @TempDir
    Path temp = Path.of("");

    @Test
    void whatToolsMadeReadOnlyIsDeletedAll() throws Exception {
        Path tree = Files.createDirectories(temp.resolve("tree"));
        for (String name : Set.of("read-only", "closed", "normal")) {
            Files.createDirectories(tree.resolve(name).resolve("deep"));
            Files.writeString(tree.resolve(name).resolve("deep").resolve("file"), "x");
        }
        Files.createSymbolicLink(tree.resolve("link"), temp);
        mode(tree.resolve("read-only").resolve("deep"), "r-xr-xr-x");
        mode(tree.resolve("read-only"), "r-xr-xr-x");
        mode(tree.resolve("closed"), "---------");

        PrivateFiles.deleteTree(tree);

        assertThat(tree).doesNotExist();
        assertThat(temp).exists();
    }

    @Test
    void whatIsNotThereIsDeleted() {
        PrivateFiles.deleteTree(temp.resolve("nowhere"));
        assertThat(temp).isEmptyDirectory();
    }

    private static void mode(Path directory, String mode) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
    }
}
