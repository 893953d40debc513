/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedGit.class)
@Tag("integration")
class CheckpointTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    @TempDir
    Path temp;

    private final GitRunner git;

    private GitSandbox repo;
    private GitWorkspace workspace;
    private final Requests requests = Requests.ofNewRun();

    CheckpointTest(GitRunner git) {
        this.git = git;
    }

    @BeforeEach
    void makeRepository() {
        repo = GitSandbox.withCommit(temp.resolve("repo"));
        workspace = repo.open(git, WorkspaceOptions.defaults().withClock(InstantSource.fixed(NOON)));
    }

    @Test
    void storesWhatIsOnDiskAndSaysForWhat() throws Exception {
        repo.write("a.txt", "changed\n");
        repo.write("new/c.txt", "three\n");
        repo.delete("dir");
        String head = repo.git("rev-parse", "HEAD");

        CheckpointResult result =
                workspace.checkpoint(new CheckpointRequest(requests.run(), "lease-1", 4, 7, Checkpoint.Kind.ITERATION));

        Checkpoint made = result.checkpoint();
        assertThat(result.unchanged()).isFalse();
        assertThat(made.reference()).isEqualTo("refs/ralph/" + requests.run() + "/lease-1/4");
        assertThat(repo.git("rev-parse", made.reference())).isEqualTo(made.commit());
        assertThat(repo.filesIn(made.commit())).containsExactly("a.txt", "new/c.txt");
        assertThat(repo.git("show", made.commit() + ":a.txt")).isEqualTo("changed");
        assertThat(made.created()).isEqualTo(NOON);
        assertThat(repo.git("show", "-s", "--format=%an|%ae|%cn|%cI|%P", made.commit()))
                .isEqualTo("Ralph|ralph@localhost|Ralph|2026-03-04T12:00:00+00:00|" + head);
        assertThat(repo.git("show", "-s", "--format=%B", made.commit()).lines())
                .startsWith("Checkpoint 4 of run " + requests.run())
                .contains(
                        "Ralph-Run: " + requests.run(),
                        "Ralph-Lease: lease-1",
                        "Ralph-Checkpoint: 4",
                        "Ralph-Iteration: 7",
                        "Ralph-Head: " + head,
                        "Ralph-Branch: refs/heads/main");
        assertThat(workspace.checkpoints(requests.run())).containsExactly(made);
    }

    @Test
    void neverStoresAnUntrackedEnvFileAsTheTypeScriptPeerDid() throws Exception {
        repo.write("prod.env", "PASSWORD=hunter2\n");
        repo.write("sub/.env.local", "TOKEN=x\n");
        repo.write("deploy/server.pem", "key\n");
        CheckpointResult first = workspace.checkpoint(requests.number(0));
        repo.write("prod.env", "PASSWORD=hunter3\n");
        repo.write("a.txt", "changed\n");
        CheckpointResult second = workspace.checkpoint(requests.number(1));

        for (CheckpointResult result : List.of(first, second)) {
            assertThat(repo.filesIn(result.checkpoint().commit())).containsExactly("a.txt", "dir/b.txt");
            assertThat(result.leftOut())
                    .extracting(LeftOut::path, LeftOut::reason)
                    .containsExactly(
                            tuple("deploy/server.pem", LeftOut.Reason.SECRET),
                            tuple("prod.env", LeftOut.Reason.SECRET),
                            tuple("sub/.env.local", LeftOut.Reason.SECRET));
        }
        assertThat(repo.git("cat-file", "--batch-all-objects", "--batch-check")).doesNotContain("missing");
        String all = repo.git("cat-file", "--batch-all-objects", "--batch");
        assertThat(all).doesNotContain("hunter", "TOKEN");
    }

    @Test
    void findsNothingToCommitFine() throws Exception {
        CheckpointResult first = workspace.checkpoint(requests.number(0));
        CheckpointResult second = workspace.checkpoint(requests.number(1));
        assertThat(first.unchanged()).isFalse();
        assertThat(second.unchanged()).isTrue();
        assertThat(second.checkpoint()).isEqualTo(first.checkpoint());
        assertThat(workspace.checkpoints(requests.run())).hasSize(1);
    }

    @Test
    void storesASecretLookingFileOnlyIfTheCurrentCommitHasIt() throws Exception {
        repo.write("test/fixture.pem", "public test key\n");
        repo.write("template/.env", "PASSWORD=changeme\n");
        repo.commitAll("fixtures");
        repo.git("update-index", "--skip-worktree", "template/.env");
        repo.write("test/fixture.pem", "another test key\n");
        repo.write("template/.env", "PASSWORD=real\n");
        repo.write("staged.env", "PASSWORD=staged\n");
        repo.git("add", "-f", "staged.env");

        CheckpointResult result = workspace.checkpoint(requests.number(0));

        String commit = result.checkpoint().commit();
        assertThat(repo.filesIn(commit)).containsExactly("a.txt", "dir/b.txt", "test/fixture.pem");
        assertThat(repo.git("show", commit + ":test/fixture.pem")).isEqualTo("another test key");
        assertThat(result.leftOut()).extracting(LeftOut::path).containsExactly("staged.env", "template/.env");
    }

    @Test
    void dropsASecretFromCheckpointsOnceTheBranchNoLongerHasIt() throws Exception {
        repo.write("old.env", "A=1\n");
        repo.commitAll("oops");
        assertThat(repo.filesIn(
                        workspace.checkpoint(requests.number(0)).checkpoint().commit()))
                .contains("old.env");
        repo.git("rm", "-q", "--cached", "old.env");
        repo.git("commit", "-q", "-m", "remove");

        CheckpointResult result = workspace.checkpoint(requests.number(1));

        assertThat(repo.filesIn(result.checkpoint().commit())).doesNotContain("old.env");
        assertThat(result.leftOut()).extracting(LeftOut::path).containsExactly("old.env");
        assertThat(workspace.checkpoint(requests.number(2)).leftOut())
                .extracting(LeftOut::path)
                .containsExactly("old.env");
    }

    @Test
    void honoursEveryIgnoreRuleExceptForTrackedFiles() throws Exception {
        repo.write(".gitignore", "*.log\nbuild/\n");
        repo.write("dir/.gitignore", "local\n");
        repo.write("kept.log", "forced\n");
        repo.commitAll("rules");
        Files.writeString(repo.path(".git/info/exclude"), "private.txt\n");
        repo.write("x.log", "");
        repo.write("build/out", "");
        repo.write("dir/local", "");
        repo.write("private.txt", "");
        repo.write("kept.log", "changed\n");

        CheckpointResult result = workspace.checkpoint(requests.number(0));

        assertThat(repo.filesIn(result.checkpoint().commit()))
                .containsExactly(".gitignore", "a.txt", "dir/.gitignore", "dir/b.txt", "kept.log");
        assertThat(repo.git("show", result.checkpoint().commit() + ":kept.log")).isEqualTo("changed");
        assertThat(result.leftOut()).isEmpty();
    }

    @Test
    void dropsFilesThatAreIgnoredFromNowOn() throws Exception {
        repo.write("out/x", "1");
        assertThat(repo.filesIn(
                        workspace.checkpoint(requests.number(0)).checkpoint().commit()))
                .contains("out/x");
        repo.write(".gitignore", "out/\n");
        assertThat(repo.filesIn(
                        workspace.checkpoint(requests.number(1)).checkpoint().commit()))
                .containsExactly(".gitignore", "a.txt", "dir/b.txt");
    }

    @Test
    void honoursTheUsersOwnIgnoreFile() throws Exception {
        Path rules = Files.writeString(temp.resolve("my ignore \u00fc"), "*.scratch\n");
        repo.git("config", "core.excludesFile", rules.toString());
        repo.write("x.scratch", "");
        CheckpointResult result = repo.open(git).checkpoint(requests.number(0));
        assertThat(repo.filesIn(result.checkpoint().commit())).containsExactly("a.txt", "dir/b.txt");
    }

    @Test
    void leavesLargeUntrackedFilesOutAndSaysSo() throws Exception {
        repo.write("tracked.bin", "x".repeat(2000));
        repo.commitAll("large");
        repo.write("tracked.bin", "y".repeat(3000));
        repo.write("core.dump", "z".repeat(1001));
        repo.write("fits", "z".repeat(1000));
        GitWorkspace small = repo.open(git, WorkspaceOptions.defaults().withMaxUntrackedBytes(1000));

        CheckpointResult result = small.checkpoint(requests.number(0));

        assertThat(repo.filesIn(result.checkpoint().commit()))
                .containsExactly("a.txt", "dir/b.txt", "fits", "tracked.bin");
        assertThat(result.leftOut())
                .extracting(LeftOut::path, LeftOut::reason, LeftOut::bytes)
                .containsExactly(tuple("core.dump", LeftOut.Reason.TOO_LARGE, 1001L));

        repo.write("fits", "z".repeat(1001));
        assertThat(repo.filesIn(
                        small.checkpoint(requests.number(1)).checkpoint().commit()))
                .containsExactly("a.txt", "dir/b.txt", "tracked.bin");
    }

    @Test
    void chainsCheckpointsAndKeepsCommitsThatTheAgentDropped() throws Exception {
        Checkpoint first = workspace.checkpoint(requests.number(0)).checkpoint();
        repo.write("a.txt", "committed by the agent\n");
        repo.commitAll("agent");
        String dropped = repo.git("rev-parse", "HEAD");
        Checkpoint second = workspace.checkpoint(requests.number(1)).checkpoint();
        repo.git("reset", "-q", "--hard", "HEAD~1");
        repo.git("reflog", "expire", "--expire=now", "--all");
        repo.git("gc", "-q", "--prune=now");

        assertThat(repo.git("show", "-s", "--format=%P", second.commit())).isEqualTo(first.commit() + " " + dropped);
        assertThat(repo.git("cat-file", "-t", dropped)).isEqualTo("commit");
        assertThat(second.head()).isEqualTo(dropped);
    }

    @Test
    void recordsACommitThatLeavesTheFilesAsTheyWere() throws Exception {
        repo.write("a.txt", "changed\n");
        Checkpoint before = workspace.checkpoint(requests.number(0)).checkpoint();
        repo.commitAll("agent");
        CheckpointResult after = workspace.checkpoint(requests.number(1));
        assertThat(after.unchanged()).isFalse();
        assertThat(after.checkpoint().tree()).isEqualTo(before.tree());
    }

    @Test
    void neverOverwritesTheEvidenceOfACrashedIteration() throws Exception {
        repo.write("a.txt", "half done\n");
        Checkpoint crashed = workspace.checkpoint(requests.number(1)).checkpoint();
        repo.write("a.txt", "by the same owner again\n");
        Checkpoint again = workspace.checkpoint(requests.number(1)).checkpoint();
        repo.write("a.txt", "by the next owner\n");
        Checkpoint next =
                workspace.checkpoint(requests.underLease("lease-2").number(1)).checkpoint();

        assertThat(List.of(crashed, again, next))
                .extracting(made -> repo.git("show", made.reference() + ":a.txt"))
                .containsExactly("half done", "by the same owner again", "by the next owner");
        assertThat(workspace.checkpoints(requests.run())).containsExactly(crashed, again, next);
        assertThat(List.of(crashed, again, next)).extracting(Checkpoint::order).containsExactly(1, 2, 3);
    }

    @Test
    void leavesAReferenceAloneThatAppearedMeanwhile() throws Exception {
        String head = repo.git("rev-parse", "HEAD");
        String reference = "refs/ralph/" + requests.run() + "/lease-1/0";
        repo.git("update-ref", reference, head);
        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> workspace.checkpoint(requests.number(0)))
                .withMessageContaining(reference)
                .returns(Problem.GIT_FAILED, WorkspaceException::problem);
        assertThat(repo.git("rev-parse", reference)).isEqualTo(head);
    }

    @Test
    void touchesNothingOfTheUsers() throws Exception {
        repo.write("a.txt", "stashed\n");
        repo.git("stash");
        repo.write("staged", "staged\n");
        repo.git("add", "staged");
        repo.write("staged", "and changed again\n");
        repo.write("untracked", "u\n");
        repo.write("dir/b.txt", "not staged\n");
        Map<String, String> before = repo.userState();

        workspace.fingerprint();
        Checkpoint first = workspace.checkpoint(requests.number(0)).checkpoint();
        repo.write("more", "m\n");
        repo.delete("more");
        workspace.rollback(first.commit(), requests.safety());
        workspace.diff(first.commit(), first.commit(), 1000);
        workspace.deleteCheckpoints(requests.run());

        assertThat(repo.userState()).isEqualTo(before);
        assertThat(repo.git("stash", "list")).contains("stash@{0}");
        repo.assertSound();
    }

    @Test
    void keepsNoReflogEvenIfTheUserWantsThemForAllReferences() throws Exception {
        repo.git("config", "core.logAllRefUpdates", "always");
        workspace.checkpoint(requests.number(0));
        assertThat(repo.path(".git/logs/refs/ralph")).doesNotExist();
    }

    @Test
    void needsNoIdentityAndSignsNothing() throws Exception {
        repo.git("config", "commit.gpgSign", "true");
        repo.git("config", "user.useConfigOnly", "true");
        repo.git("config", "user.name", "");
        Checkpoint made = workspace.checkpoint(requests.number(0)).checkpoint();
        assertThat(repo.git("cat-file", "commit", made.commit())).doesNotContain("gpgsig");
    }

    @Test
    void showsWhatChangedBetweenTwoCheckpoints() throws Exception {
        Checkpoint from = workspace.checkpoint(requests.number(0)).checkpoint();
        repo.write("a.txt", "two\n");
        repo.write("long", "line\n".repeat(1000));
        Checkpoint to = workspace.checkpoint(requests.number(1)).checkpoint();

        CheckpointDiff whole = workspace.diff(from.commit(), to.commit(), 100_000);
        assertThat(whole.text()).contains("-one", "+two", "+++ b/long");
        assertThat(whole.cut()).isFalse();
        CheckpointDiff part = workspace.diff(from.commit(), to.commit(), 200);
        assertThat(part.cut()).isTrue();
        assertThat(part.text().length()).isLessThanOrEqualTo(200);
        assertThat(whole.text()).startsWith(part.text());
        assertThat(workspace.diff(to.commit(), to.commit(), 200).text()).isEmpty();
    }

    @Test
    void deletesTheCheckpointsOfOneRunOnly() throws Exception {
        Requests other = Requests.ofNewRun();
        Checkpoint kept = workspace.checkpoint(other.number(0)).checkpoint();
        workspace.checkpoint(requests.number(0));
        repo.write("a.txt", "x");
        workspace.checkpoint(requests.underLease("lease-2").number(1));

        assertThat(workspace.deleteCheckpoints(requests.run())).isEqualTo(2);
        assertThat(workspace.checkpoints(requests.run())).isEmpty();
        assertThat(workspace.deleteCheckpoints(requests.run())).isZero();
        assertThat(workspace.checkpoints(other.run())).containsExactly(kept);
    }

    @Test
    void recoversWhenGarbageCollectionTookObjectsThatOnlyAFingerprintHad() throws Exception {
        repo.write("a.txt", "seen by a fingerprint only\n");
        repo.write("deep/er/file", "seen by a fingerprint only, too\n");
        Fingerprint seen = workspace.fingerprint();
        repo.git("prune", "--expire=now");
        Fingerprint again = workspace.fingerprint();
        Checkpoint made = workspace.checkpoint(requests.number(0)).checkpoint();
        assertThat(again.provesUnchangedSince(seen)).isTrue();
        assertThat(repo.git("show", made.commit() + ":deep/er/file")).contains("too");
        repo.assertSound();
    }

    @Test
    void refusesALeaseThatCannotBeInAReference() {
        for (String lease : List.of("", "a/b", "..", "-x", "a.lock", "x".repeat(129), "a b")) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> requests.underLease(lease).number(0))
                    .withMessageContaining("lease");
        }
    }

    @Test
    void saysThatACheckpointDoesNotExist() {
        String none = "1".repeat(40);
        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> workspace.rollback(none, requests.safety()))
                .withMessageContaining(none)
                .returns(Problem.UNKNOWN_CHECKPOINT, WorkspaceException::problem);
        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> workspace.rollback("HEAD", requests.safety()))
                .withMessageContaining("not a full commit id");
        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> workspace.rollback(repo.git("rev-parse", "HEAD"), requests.safety()))
                .withMessageContaining("There is no checkpoint");
    }

    @Test
    void hasNoCheckpointsOfAnUnknownRun() throws Exception {
        assertThat(workspace.checkpoints(RunId.create(NOON))).isEmpty();
    }
}
