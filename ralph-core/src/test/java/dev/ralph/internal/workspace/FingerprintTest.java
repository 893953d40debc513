/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedGit.class)
class FingerprintTest {

    @TempDir
    Path temp;

    private final GitRunner git;

    private GitSandbox repo;
    private GitWorkspace workspace;

    FingerprintTest(GitRunner git) {
        this.git = git;
    }

    @BeforeEach
    void makeRepository() {
        repo = GitSandbox.withCommit(temp.resolve("repo"));
        workspace = repo.open(git);
    }

    @Test
    void staysTheSameWhileNothingChanges() throws Exception {
        Fingerprint before = workspace.fingerprint();
        assertThat(workspace.fingerprint()).isEqualTo(before);
        assertThat(repo.open(git).fingerprint()).isEqualTo(before);
        assertThat(before.provesUnchangedSince(workspace.fingerprint())).isTrue();
    }

    @Test
    void changesWithEveryKindOfEdit() throws Exception {
        changes(() -> repo.write("a.txt", "ONE\n"));
        changes(() -> repo.write("new", ""));
        changes(() -> Files.move(repo.path("new"), repo.path("renamed")));
        changes(() -> repo.delete("renamed"));
        changes(() ->
                assertThat(repo.path("a.txt").toFile().setExecutable(true)).isTrue());
        changes(() -> Files.createSymbolicLink(repo.path("link"), Path.of("a.txt")));
        changes(() -> {
            repo.delete("dir");
            repo.write("dir", "now a file");
        });
    }

    @Test
    void countsACommitAsProgressEvenIfTheFilesAreTheSame() throws Exception {
        repo.write("a.txt", "changed\n");
        changes(() -> repo.commitAll("agent"));
        changes(() -> repo.git("commit", "-q", "--allow-empty", "-m", "empty"));
    }

    @Test
    void countsAChangeOfBranchAsProgress() throws Exception {
        changes(() -> repo.git("switch", "-q", "-c", "feature"));
        changes(() -> repo.git("checkout", "-q", "--detach"));
    }

    @Test
    void doesNotChangeWithStagingOrTouchingOrIgnoredFiles() throws Exception {
        repo.write(".gitignore", "*.log\n");
        repo.write("a.txt", "changed\n");
        Fingerprint before = workspace.fingerprint();
        repo.git("add", "-A");
        Files.setLastModifiedTime(repo.path("dir/b.txt"), FileTime.from(Instant.EPOCH));
        repo.write("noise.log", "noise");
        assertThat(workspace.fingerprint()).isEqualTo(before);
    }

    @Test
    void doesNotChangeWithCheckpoints() throws Exception {
        repo.write("a.txt", "changed\n");
        Fingerprint before = workspace.fingerprint();
        workspace.checkpoint(Requests.ofNewRun().number(0));
        assertThat(workspace.fingerprint()).isEqualTo(before);
    }

    @Test
    void doesNotDependOnWhatEarlierSnapshotsSaw() throws Exception {
        repo.write("out/generated", "1");
        repo.write("big", "x".repeat(100));
        workspace.fingerprint();
        repo.write(".gitignore", "out/\n");
        repo.write("big", "x".repeat(5000));
        WorkspaceOptions options = WorkspaceOptions.defaults().withMaxUntrackedBytes(1000);
        Fingerprint warm = repo.open(git, options).fingerprint();
        repo.delete(".git/ralph");
        assertThat(repo.open(git, options).fingerprint()).isEqualTo(warm);
    }

    @Test
    void seesChangesOfFilesThatAreNotStored() throws Exception {
        changes(() -> repo.write("prod.env", "A=1"));
        changes(() -> repo.write("prod.env", "A=12"));
    }

    @Test
    void seesAChangeInTheMomentAfterASnapshotThatKeepsTheSize() throws Exception {
        for (int round = 0; round < 5; round++) {
            repo.write("a.txt", "%03d".formatted(round));
            Fingerprint before = workspace.fingerprint();
            repo.write("a.txt", "%03d".formatted(round + 500));
            assertThat(workspace.fingerprint()).as("round " + round).isNotEqualTo(before);
        }
    }

    @Test
    void survivesADamagedOrMissingPrivateIndex() throws Exception {
        Fingerprint before = workspace.fingerprint();
        try (var files = Files.list(repo.path(".git/ralph"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "garbage");
            }
        }
        assertThat(workspace.fingerprint()).isEqualTo(before);
        assertThat(workspace.fingerprint()).isEqualTo(before);
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
