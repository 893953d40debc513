/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFilesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path parent;

    @Test
    void onlyTheOwnerReadsThePromptAndItGoesAsSoonAsItIsOpen() throws IOException {
        ProcessFiles files = ProcessFiles.create(parent, "x", ProcessInput.text("prömpt"));
        assertThat(files.input()).hasContent("prömpt");
        assertThat(permissions(files.folder())).isEqualTo("rwx------");
        assertThat(permissions(files.input())).isEqualTo("rw-------");
        files.unlinkInput();
        assertThat(files.input()).doesNotExist();
    }

    @Test
    void aFileOfTheHostStays() throws IOException {
        Path file = Files.writeString(parent.resolve("given"), "x");
        ProcessFiles files = ProcessFiles.create(parent, "x", ProcessInput.file(file));
        files.unlinkInput();
        files.delete();
        assertThat(file).exists();
        assertThat(files.folder()).doesNotExist();
    }

    @Test
    void theExitCodeIsWhatTheSupervisorWroteOverTheRoomMadeForIt() throws IOException {
        ProcessFiles files = ProcessFiles.create(parent, "x", ProcessInput.none());
        Path status = files.folder().resolve("status");
        assertThat(files.exitCode()).isEmpty();
        Files.writeString(status, "exit 137\n" + Files.readString(status).substring(9));
        assertThat(files.exitCode()).isEqualTo(OptionalInt.of(137));
        Files.writeString(status, "exit 13");
        assertThat(files.exitCode()).as("half written").isEmpty();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
