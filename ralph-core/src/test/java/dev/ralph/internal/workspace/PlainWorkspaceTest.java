/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainWorkspaceTest {

    @TempDir
    Path directory;

    private Workspace workspace;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(directory.resolve("file"), "content");
        Files.writeString(Files.createDirectory(directory.resolve("sub")).resolve("other"), "more");
        workspace = Workspace.open(directory, WorkspaceOptions.defaults(), command -> {
            throw new AssertionError("git was run for a directory without a repository");
        });
    }

    @Test
    void isUsedWhereThereIsNoRepository() {
        assertThat(workspace).isInstanceOf(PlainWorkspace.class);
    }

    @Test
    void hasTheSameFingerprintWhileNothingChanges() throws Exception {
        Fingerprint before = workspace.fingerprint();
        assertThat(workspace.fingerprint().provesUnchangedSince(before)).isTrue();
        assertThat(before.incomplete()).isEmpty();
    }

    @Test
    void seesEveryKindOfChange() throws Exception {
        changes(() -> Files.writeString(directory.resolve("file"), "CONTENT"));
        changes(() -> Files.writeString(directory.resolve("new"), ""));
        changes(() -> Files.move(directory.resolve("new"), directory.resolve("newer")));
        changes(() -> Files.delete(directory.resolve("newer")));
        changes(() -> Files.createDirectory(directory.resolve("empty")));
        changes(() -> Files.createSymbolicLink(directory.resolve("link"), Path.of("file")));
        changes(() -> {
            Files.delete(directory.resolve("link"));
            Files.createSymbolicLink(directory.resolve("link"), Path.of("nowhere"));
        });
        changes(() -> assertThat(directory.resolve("file").toFile().setExecutable(true))
                .isTrue());
        changes(() -> Files.write(directory.resolve("large"), new byte[100_000]));
        changes(() -> Files.setLastModifiedTime(
                directory.resolve("large"), FileTime.from(Instant.now().plusSeconds(60))));
    }

    @Test
    void seesAChangeOfContentThatKeepsSizeAndTime() throws Exception {
        Path file = directory.resolve("file");
        FileTime time = Files.getLastModifiedTime(file);
        changes(() -> {
            Files.writeString(file, "CONTENT");
            Files.setLastModifiedTime(file, time);
        });
    }

    @Test
    void doesNotTakeATouchForAChange() throws Exception {
        Fingerprint before = workspace.fingerprint();
        Files.setLastModifiedTime(directory.resolve("file"), FileTime.from(Instant.EPOCH));
        assertThat(workspace.fingerprint().provesUnchangedSince(before)).isTrue();
    }

    @Test
    void ignoresItsOwnDirectory() throws Exception {
        Fingerprint before = workspace.fingerprint();
        WorkspaceLock.Attempt attempt =
                workspace.tryLock(LockHolder.thisProcess(RunId.create(Instant.now()), Instant.now()));
        assertThat(directory.resolve(".ralph/.gitignore")).hasContent("*");
        assertThat(workspace.fingerprint().provesUnchangedSince(before)).isTrue();
        ((WorkspaceLock.Acquired) attempt).lock().close();
    }

    @Test
    void seesCommitsInARepositoryInsideButNotItsBookkeeping() throws Exception {
        GitSandbox inside = GitSandbox.withCommit(directory.resolve("inside"));
        Fingerprint before = workspace.fingerprint();
        inside.git("update-index", "--force-write-index");
        assertThat(workspace.fingerprint().provesUnchangedSince(before)).isTrue();
        inside.git("commit", "-q", "--allow-empty", "-m", "second");
        assertThat(workspace.fingerprint().provesUnchangedSince(before)).isFalse();
    }

    @Test
    void neverClaimsToBeUnchangedWhenThereAreTooManyFiles() throws Exception {
        Workspace small = Workspace.open(directory, WorkspaceOptions.defaults().withMaxFiles(2), command -> {
            throw new AssertionError();
        });
        Fingerprint before = small.fingerprint();
        assertThat(before.incomplete().orElseThrow())
                .contains("more than 2 files", directory.toRealPath().toString(), "raise maxFiles");
        assertThat(small.fingerprint().provesUnchangedSince(before)).isFalse();
    }

    @Test
    void neverClaimsToBeUnchangedWhenLookingTookTooLong() throws Exception {
        Workspace hasty =
                Workspace.open(directory, WorkspaceOptions.defaults().withTimeout(Duration.ofNanos(1)), command -> {
                    throw new AssertionError();
                });
        Fingerprint before = hasty.fingerprint();
        assertThat(before.incomplete())
                .hasValueSatisfying(why -> assertThat(why).contains("took too long"));
        assertThat(hasty.fingerprint().provesUnchangedSince(before)).isFalse();
    }

    private void changes(Change change) throws Exception {
        Fingerprint before = workspace.fingerprint();
        change.make();
        assertThat(workspace.fingerprint().provesUnchangedSince(before)).isFalse();
    }

    private interface Change {
        void make() throws Exception;
    }
}
