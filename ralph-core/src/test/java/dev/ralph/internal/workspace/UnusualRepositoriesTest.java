/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedGit.class)
@Tag("integration")
class UnusualRepositoriesTest {

    @TempDir
    Path temp;

    private final GitRunner git;

    private final Requests requests = Requests.ofNewRun();

    UnusualRepositoriesTest(GitRunner git) {
        this.git = git;
    }

    @Test
    void aRepositoryWithoutCommits() throws Exception {
        GitSandbox repo = GitSandbox.init(temp.resolve("repo"));
        repo.write("a", "a\n");
        Checkpoint made = roundTrip(repo);
        assertThat(made.head()).isEmpty();
        assertThat(made.branch()).isEqualTo("refs/heads/main");
        assertThat(repo.tryGit("rev-parse", "HEAD").exitCode()).isNotZero();
    }

    @Test
    void aDetachedHead() throws Exception {
        GitSandbox repo = GitSandbox.withCommit(temp.resolve("repo"));
        repo.git("checkout", "-q", "--detach");
        Checkpoint made = roundTrip(repo);
        assertThat(made.branch()).isEmpty();
        assertThat(made.head()).isEqualTo(repo.git("rev-parse", "HEAD"));
    }

    @Test
    void aRepositoryWithSha256() throws Exception {
        GitSandbox repo = GitSandbox.init(temp.resolve("repo"), "--object-format=sha256");
        repo.write("a", "a\n");
        repo.commitAll("first");
        assertThat(roundTrip(repo).commit()).hasSize(64);
    }

    @Test
    void aLinkedWorkingTree() throws Exception {
        GitSandbox main = GitSandbox.withCommit(temp.resolve("main"));
        GitSandbox linked = GitSandbox.in(temp.resolve("linked"));
        main.git("worktree", "add", "-q", "-b", "feature", linked.directory().toString());
        Map<String, String> before = main.userState();
        roundTrip(linked);
        assertThat(main.userState()).isEqualTo(before);
        assertThat(main.path(".git/worktrees/linked/ralph")).isDirectory();
        assertThat(main.path(".git/ralph")).doesNotExist();
    }

    @Test
    void aRepositoryWhoseGitDirectoryIsElsewhere() throws Exception {
        GitSandbox repo = GitSandbox.init(
                temp.resolve("repo"),
                "--separate-git-dir",
                temp.resolve("g\u00eft dir").toString());
        repo.write("a", "a\n");
        roundTrip(repo);
    }

    @Test
    void aRepositoryThatBorrowsObjects() throws Exception {
        GitSandbox origin = GitSandbox.withCommit(temp.resolve("origin"));
        GitSandbox repo = GitSandbox.in(temp.resolve("repo"));
        repo.git("clone", "-q", "--shared", origin.directory().toString(), ".");
        roundTrip(repo);
    }

    @Test
    void aShallowClone() throws Exception {
        GitSandbox origin = GitSandbox.withCommit(temp.resolve("origin"));
        origin.commitAll("second");
        GitSandbox repo = GitSandbox.in(temp.resolve("repo"));
        repo.git("clone", "-q", "--depth", "1", "file://" + origin.directory(), ".");
        roundTrip(repo);
    }

    @Test
    void aRepositoryInTheMiddleOfAMerge() throws Exception {
        GitSandbox repo = conflicting("merge");
        Map<String, String> before = repo.userState();
        assertThat(repo.git("status", "--porcelain")).contains("AA x");
        roundTrip(repo);
        assertThat(repo.userState()).isEqualTo(before);
    }

    @Test
    void aRepositoryInTheMiddleOfARebase() throws Exception {
        GitSandbox repo = conflicting("rebase");
        roundTrip(repo);
        assertThat(repo.git("status")).contains("rebase in progress");
    }

    @Test
    void aRepositoryWhoseIndexIsLocked() throws Exception {
        GitSandbox repo = GitSandbox.withCommit(temp.resolve("repo"));
        repo.write(".git/index.lock", "");
        roundTrip(repo);
        assertThat(repo.path(".git/index.lock")).exists();
    }

    @Test
    void aRepositoryWithASplitAndAnUntrackedCacheIndex() throws Exception {
        GitSandbox repo = GitSandbox.withCommit(temp.resolve("repo"));
        repo.git("config", "core.splitIndex", "true");
        repo.git("config", "core.untrackedCache", "true");
        repo.git("update-index", "--split-index", "--untracked-cache");
        roundTrip(repo);
    }

    @Test
    void aSparseWorkingTree() throws Exception {
        GitSandbox repo = GitSandbox.withCommit(temp.resolve("repo"));
        repo.git("sparse-checkout", "set", "--sparse-index", "nothing");
        assertThat(repo.path("dir")).doesNotExist();
        Checkpoint made = roundTrip(repo);
        assertThat(repo.filesIn(made.commit())).doesNotContain("dir/b.txt");
        assertThat(repo.path("dir")).doesNotExist();
    }

    @Test
    void aSubDirectoryOfARepository() throws Exception {
        GitSandbox repo = GitSandbox.withCommit(temp.resolve("repo"));
        repo.write(".gitignore", "/dir/s\u00fcb/out/\n");
        repo.write("dir/s\u00fcb/c.txt", "three\n");
        repo.commitAll("second");
        GitSandbox sub = GitSandbox.in(repo.path("dir/s\u00fcb"));
        GitWorkspace workspace = sub.open(git);
        repo.write("a.txt", "edited by a person\n");
        sub.write("c.txt", "edited by the agent\n");
        sub.write("out/x", "ignored from above\n");
        sub.write(".env", "A=1\n");
        Fingerprint fingerprint = workspace.fingerprint();

        CheckpointResult result = workspace.checkpoint(requests.number(0));
        Checkpoint made = result.checkpoint();
        assertThat(repo.git("diff", "--name-only", "HEAD", made.commit())).isEqualTo("\"dir/s\\303\\274b/c.txt\"");
        assertThat(result.leftOut()).extracting(LeftOut::path).containsExactly("dir/s\u00fcb/.env");
        assertThat(made.scope()).isEqualTo("dir/s\u00fcb");

        repo.write("a.txt", "edited by a person again\n");
        assertThat(workspace.fingerprint()).isEqualTo(fingerprint);
        sub.write("c.txt", "spoiled\n");
        sub.write("d.txt", "added\n");
        CheckpointResult spoiled = workspace.checkpoint(requests.number(1));
        assertThat(workspace
                        .diff(made.commit(), spoiled.checkpoint().commit(), 10_000)
                        .text())
                .contains("+spoiled", "+added")
                .doesNotContain("person");
        workspace.rollback(made.commit(), requests.safety());
        assertThat(sub.content().keySet()).containsExactly(".env", "c.txt", "out/x");
        assertThat(sub.read("c.txt")).isEqualTo("edited by the agent\n");
        assertThat(repo.read("a.txt")).isEqualTo("edited by a person again\n");
        repo.assertSound();
    }

    @Test
    void aSubDirectoryThatBecomesEmptyAndComesBack() throws Exception {
        GitSandbox repo = GitSandbox.withCommit(temp.resolve("repo"));
        GitSandbox sub = GitSandbox.in(repo.path("sub"));
        GitWorkspace workspace = sub.open(git);
        Checkpoint empty = workspace.checkpoint(requests.number(0)).checkpoint();
        sub.write("x", "x\n");
        Checkpoint full = workspace.checkpoint(requests.number(1)).checkpoint();
        workspace.rollback(empty.commit(), requests.safety());
        assertThat(sub.directory()).isEmptyDirectory();
        workspace.rollback(full.commit(), requests.safety());
        assertThat(sub.read("x")).isEqualTo("x\n");
        assertThat(repo.read("a.txt")).isEqualTo("one\n");
    }

    @Test
    void aCheckpointOfAnotherDirectoryOfTheRepositoryIsRefused() throws Exception {
        GitSandbox repo = GitSandbox.withCommit(temp.resolve("repo"));
        Checkpoint ofDir = GitSandbox.in(repo.path("dir"))
                .open(git)
                .checkpoint(requests.number(0))
                .checkpoint();
        org.assertj.core.api.Assertions.assertThatExceptionOfType(dev.ralph.WorkspaceException.class)
                .isThrownBy(() -> repo.open(git).rollback(ofDir.commit(), requests.safety()))
                .withMessageContaining("'dir'");
        assertThat(repo.read("a.txt")).isEqualTo("one\n");
    }

    @Test
    void repositoriesInsideAreStoredWithTheirFiles() throws Exception {
        GitSandbox repo = GitSandbox.withCommit(temp.resolve("repo"));
        GitSandbox library = GitSandbox.withCommit(temp.resolve("library"));
        repo.git("submodule", "add", "-q", library.directory().toString(), "module");
        repo.git("commit", "-q", "-m", "submodule");
        GitSandbox nested = GitSandbox.withCommit(repo.path("nested"));
        GitSandbox unborn = GitSandbox.init(repo.path("nested/unborn"));
        unborn.write("u", "u\n");
        unborn.write("dir/with.env", "A=1\n");
        GitWorkspace workspace = repo.open(git);
        Fingerprint before = workspace.fingerprint();

        CheckpointResult result = workspace.checkpoint(requests.number(0));
        assertThat(repo.filesIn(result.checkpoint().commit()))
                .containsExactly(
                        ".gitmodules",
                        "a.txt",
                        "dir/b.txt",
                        "module/a.txt",
                        "module/dir/b.txt",
                        "nested/a.txt",
                        "nested/dir/b.txt",
                        "nested/unborn/u");
        assertThat(result.leftOut())
                .extracting(LeftOut::path, LeftOut::reason)
                .containsExactly(tuple("nested/unborn/dir/with.env", LeftOut.Reason.SECRET));
        assertThat(workspace.fingerprint()).isEqualTo(before);

        Map<String, String> content = repo.content();
        Map<String, String> nestedState = nested.userState();
        repo.write("module/a.txt", "changed in the submodule\n");
        assertThat(workspace.fingerprint()).isNotEqualTo(before);
        nested.delete("dir");
        unborn.write("v", "v\n");
        RollbackResult back = workspace.rollback(result.checkpoint().commit(), requests.safety());
        assertThat(back.kept()).isEmpty();
        assertThat(repo.content()).isEqualTo(content);
        assertThat(nested.userState()).isEqualTo(nestedState);
    }

    @Test
    void aRepositoryMadeByTheAgentIsRolledBackButItsHistoryKept() throws Exception {
        GitSandbox repo = GitSandbox.withCommit(temp.resolve("repo"));
        GitWorkspace workspace = repo.open(git);
        Checkpoint start = workspace.checkpoint(requests.number(0)).checkpoint();
        repo.delete("a.txt");
        GitSandbox nested = GitSandbox.withCommit(repo.path("a.txt"));
        String commit = nested.git("rev-parse", "HEAD");
        RollbackResult result = workspace.rollback(start.commit(), requests.safety());
        assertThat(result.kept()).containsExactly("a.txt");
        assertThat(nested.git("rev-parse", "HEAD")).isEqualTo(commit);
        assertThat(repo.path("a.txt/dir/b.txt")).doesNotExist();
    }

    @Test
    void filesOfEveryKind() throws Exception {
        GitSandbox repo = GitSandbox.withCommit(temp.resolve("repo"));
        byte[] large = new byte[8 << 20];
        new java.util.Random(1).nextBytes(large);
        Files.write(repo.path("large.bin"), large);
        repo.write("\u00fc\u20ac\ud83d\ude00", "unicode\n");
        repo.write("new\nline", "newline\n");
        repo.write(" leading and trailing ", "blanks\n");
        repo.write("cr\r", "cr\n");
        Files.createSymbolicLink(repo.path("dangling"), Path.of("no/where"));
        Files.createSymbolicLink(repo.path("outside"), temp);
        roundTrip(repo);
        assertThat(Files.readAllBytes(repo.path("large.bin"))).isEqualTo(large);
        repo.delete("outside");
    }

    @Test
    void fileNamesThatAreNoText() throws Exception {
        GitSandbox repo = GitSandbox.withCommit(temp.resolve("repo"));
        Path odd = new GitPath("dir/\u00ff\u00fe").under(repo.directory());
        Files.writeString(odd, "odd\n");
        Checkpoint made = roundTrip(repo);
        assertThat(repo.filesIn(made.commit())).contains("\"dir/\\377\\376\"");
        assertThat(odd).hasContent("odd");
    }

    @Test
    void namesThatGitRefusesAreLeftOut() throws Exception {
        GitSandbox repo = GitSandbox.withCommit(temp.resolve("repo"));
        repo.write("git~1/x", "short name of .git on Windows\n");
        repo.write("sub/.GIT ./config", "another\n");
        CheckpointResult result = repo.open(git).checkpoint(requests.number(0));
        assertThat(repo.filesIn(result.checkpoint().commit())).containsExactly("a.txt", "dir/b.txt");
        assertThat(result.leftOut())
                .extracting(LeftOut::path, LeftOut::reason)
                .containsExactlyInAnyOrder(
                        tuple("git~1/x", LeftOut.Reason.UNSTORABLE_NAME),
                        tuple("sub/.GIT ./config", LeftOut.Reason.UNSTORABLE_NAME));
    }

    /** Checkpoints, spoils everything, rolls back, and compares. */
    private Checkpoint roundTrip(GitSandbox repo) throws InterruptedException {
        GitWorkspace workspace = repo.open(git);
        Map<String, String> user = repo.userState();
        Map<String, String> content = repo.content();
        Fingerprint before = workspace.fingerprint();
        Checkpoint made = workspace.checkpoint(requests.number(0)).checkpoint();
        for (String file : List.copyOf(content.keySet())) {
            if (file.hashCode() % 2 == 0) {
                repo.delete(file);
            } else if (!Files.isSymbolicLink(repo.path(file))) {
                repo.write(file, "spoiled\n");
            }
        }
        repo.write("added", "added\n");
        assertThat(workspace.fingerprint()).isNotEqualTo(before);
        RollbackResult result = workspace.rollback(made.commit(), requests.safety());
        assertThat(result.kept()).isEmpty();
        assertThat(repo.content()).isEqualTo(content);
        assertThat(workspace.fingerprint()).isEqualTo(before);
        assertThat(repo.userState()).isEqualTo(user);
        repo.assertSound();
        return made;
    }

    private GitSandbox conflicting(String command) {
        GitSandbox repo = GitSandbox.withCommit(temp.resolve("repo"));
        repo.git("switch", "-q", "-c", "other");
        repo.write("x", "theirs\n");
        repo.commitAll("theirs");
        repo.git("switch", "-q", "main");
        repo.write("x", "ours\n");
        repo.commitAll("ours");
        assertThat(repo.tryGit(command, "other").exitCode()).isNotZero();
        return repo;
    }
}
