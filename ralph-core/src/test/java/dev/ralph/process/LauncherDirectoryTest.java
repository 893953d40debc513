/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherDirectoryTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path parent;

    @Test
    void itIsPrivateAndGoesWhenItIsClosed() throws IOException {
        LauncherDirectory directory = LauncherDirectory.create(parent);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.root())))
                .isEqualTo("rwx------");
        assertThat(directory.script()).content().startsWith("#!/bin/sh\n");
        Files.createDirectory(directory.root().resolve("process"));
        directory.close();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatADeadJvmLeftIsRemoved() throws IOException {
        Path stale = Files.createDirectory(parent.resolve("ralph-processes-999999999-1"));
        Files.createFile(stale.resolve("lock"));
        Files.writeString(Files.createDirectory(stale.resolve("process")).resolve("status"), "exit 0\n");
        Files.writeString(Files.createDirectory(stale.resolve("files")).resolve("prompt.md"), "a prompt\n");
        try (LauncherDirectory directory = LauncherDirectory.create(parent)) {
            assertThat(parent).isDirectoryContaining(path -> path.equals(directory.root()));
            assertThat(stale).doesNotExist();
        }
    }

    @Test
    void whatHasNoLockIsRemovedOnceItIsOld() throws IOException {
        Path stale = Files.createDirectory(parent.resolve("ralph-processes-999999999-1"));
        LauncherDirectory.create(parent).close();
        assertThat(stale).as("may be about to be locked").exists();
        Files.setLastModifiedTime(stale, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        LauncherDirectory.create(parent).close();
        assertThat(stale).doesNotExist();
    }

    @Test
    void whatIsNotOursIsLeftAlone() throws IOException {
        Path target = Files.createDirectory(parent.resolve("target"));
        Files.createFile(target.resolve("lock"));
        Path link = Files.createSymbolicLink(parent.resolve("ralph-processes-999999999-1"), target);
        Path other = Files.createDirectory(parent.resolve("other"));
        LauncherDirectory.create(parent).close();
        assertThat(link).exists();
        assertThat(target.resolve("lock")).exists();
        assertThat(other).exists();
    }

    @Test
    void anotherLauncherOfThisJvmIsLeftAlone() {
        try (LauncherDirectory first = LauncherDirectory.create(parent);
                LauncherDirectory second = LauncherDirectory.create(parent)) {
            assertThat(first.script()).exists();
            assertThat(second.script()).exists();
        }
    }

    @Test
    @Tag("linux")
    void aLauncherOfALiveJvmIsLeftAloneUntilThatIsKilled() throws Exception {
        Witness witness = Witness.create();
        try (HostJvm host = HostJvm.start(
                List.of("-Djava.io.tmpdir=" + parent), ContainmentMechanism.MARKER, witness, "echo up; sleep 300")) {
            host.awaitRunning();
            LauncherDirectory.create(parent).close();
            assertThat(parent).isNotEmptyDirectory();
            host.signal("KILL");
            witness.awaitNoneAlive(Duration.ofSeconds(20));
            LauncherDirectory.create(parent).close();
            assertThat(parent).isEmptyDirectory();
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() {
        assertThatThrownBy(() -> LauncherDirectory.create(parent.resolve("missing")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(parent.resolve("missing").toString());
    }
}
