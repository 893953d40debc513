/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.CheckpointRecord;
import dev.ralph.RunId;
import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import dev.ralph.WorkspaceRef;
import dev.ralph.spi.PreparedWorkspace;
import dev.ralph.spi.Secret;
import dev.ralph.spi.WorkspaceRequest;
import dev.ralph.workspace.GitRemote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedGit.class)
@Tag("integration")
class CloneSourceTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final GitRunner git;
    private final RunId run = RunId.create(Instant.now());

    @TempDir
    Path temp = Path.of("");

    private Path remote = Path.of("");
    private GitSandbox project = GitSandbox.in(Path.of(""));

    CloneSourceTest(GitRunner git) {
        this.git = git;
    }

    @BeforeEach
    void makeRemote() {
        project = GitSandbox.withCommit(temp.resolve("project"));
        remote = temp.resolve("remote.git");
        project.git("clone", "-q", "--bare", ".", remote.toString());
    }

    @Test
    void beginsFromTheDefaultBranchAndShowsACleanWorkingTree() throws Exception {
        try (PreparedWorkspace prepared = node("a").prepare(request(null, null))) {
            GitSandbox clone = GitSandbox.in(prepared.directory());
            assertThat(clone.read("dir/b.txt")).isEqualTo("two\n");
            assertThat(clone.git("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
            assertThat(clone.git("rev-parse", "HEAD", "origin/main").lines().distinct())
                    .containsExactly(project.git("rev-parse", "HEAD"));
            assertThat(clone.git("status", "--porcelain")).isEmpty();
            clone.assertSound();
        }
    }

    @Test
    void aFileUrlIsARemoteToo() throws Exception {
        WorkspaceRef url = WorkspaceRef.git(remote.toUri().toString());

        try (PreparedWorkspace prepared = node("a").prepare(new WorkspaceRequest(run, url, null, null))) {
            assertThat(prepared.directory().resolve("a.txt")).exists();
        }
    }

    /** What an agent left beside the clones, or in the folder of one, would send credentials to a host of its choice. */
    @Test
    void noRepositoryAroundTheClonesIsAsked() throws Exception {
        CloneSource node = node("a");
        leave(node, request(null, null), "left");
        Path clones = temp.resolve("a");
        Path home;
        try (Stream<Path> homes = Files.list(clones)) {
            home = homes.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        for (Path folder : List.of(clones, home)) {
            GitSandbox trap = GitSandbox.in(folder);
            trap.git("init", "-q");
            trap.git("config", "url." + temp.resolve("elsewhere.git") + ".insteadOf", remote.toString());
        }

        try (PreparedWorkspace anew = node.prepare(request("lost", null))) {
            assertThat(anew.directory().resolve("a.txt")).exists();
        }
        node.check(WorkspaceRef.git(remote.toString()));
    }

    @Test
    void aNodeThatHasItGoesOnWithAllThatWasLeftThere() throws Exception {
        CloneSource node = node("a");
        String place = leave(node, request(null, null), "half-done");

        assertThat(node.has(request(place, null))).isTrue();
        try (PreparedWorkspace again = node.prepare(request(place, null))) {
            assertThat(again.place()).contains(place);
            assertThat(again.directory().resolve("half-done")).exists();
        }
    }

    @Test
    void aNodeThatNeverSawTheRunGoesOnFromItsLastCheckpointWithTheCommitsOfItsBranch() throws Exception {
        CheckpointRecord last;
        String head;
        String place;
        try (PreparedWorkspace first = node("a").prepare(request(null, null))) {
            GitSandbox clone = GitSandbox.in(first.directory());
            clone.git("checkout", "-q", "-b", "work");
            clone.write("a.txt", "committed by the agent\n");
            clone.commitAll("agent");
            clone.write("new.txt", "not committed\n");
            head = clone.git("rev-parse", "HEAD");
            last = published(first, 1);
            clone.write("new.txt", "half-done\n");
            place = first.place().orElseThrow();
        }
        CloneSource other = node("b");
        assertThat(other.has(request(place, last))).isFalse();

        try (PreparedWorkspace second = other.prepare(request(place, last))) {
            open(second).standOn(last.commit());

            GitSandbox clone = GitSandbox.in(second.directory());
            assertThat(second.place()).isPresent().isNotEqualTo(Optional.of(place));
            assertThat(clone.git("symbolic-ref", "HEAD")).isEqualTo("refs/heads/work");
            assertThat(clone.git("rev-parse", "HEAD")).isEqualTo(head);
            assertThat(clone.read("new.txt")).isEqualTo("not committed\n");
            assertThat(clone.git("status", "--porcelain")).isEqualTo("?? new.txt");
            clone.assertSound();
        }
    }

    @Test
    void whatWasPublishedButNotRecordedIsNotGoneOnFrom() throws Exception {
        CheckpointRecord recorded;
        try (PreparedWorkspace first = node("a").prepare(request(null, null))) {
            recorded = published(first, 1);
            GitSandbox.in(first.directory()).write("a.txt", "of an attempt that is not recorded\n");
            published(first, 2);
        }

        try (PreparedWorkspace second = node("b").prepare(request("lost", recorded))) {
            assertThat(GitSandbox.in(second.directory()).read("a.txt")).isEqualTo("one\n");
        }
    }

    @Test
    void aStaleCloneIsMadeAnewFromTheLastCheckpointAndKeepsNothingButObjects() throws Exception {
        CloneSource a = node("a");
        CheckpointRecord first;
        String placeA;
        try (PreparedWorkspace prepared = a.prepare(request(null, null))) {
            first = published(prepared, 0);
            placeA = prepared.place().orElseThrow();
            GitSandbox clone = GitSandbox.in(prepared.directory());
            clone.write("left-behind", "x");
            clone.git("config", "core.hooksPath", "/nowhere");
            Files.createFile(clone.path(".git/index.lock"));
        }
        CheckpointRecord second;
        String placeB;
        try (PreparedWorkspace prepared = node("b").prepare(request(placeA, first))) {
            open(prepared).standOn(first.commit());
            placeB = prepared.place().orElseThrow();
            GitSandbox.in(prepared.directory()).write("a.txt", "changed elsewhere\n");
            second = published(prepared, 1);
        }

        assertThat(a.has(request(placeB, second))).isFalse();
        try (PreparedWorkspace back = a.prepare(request(placeB, second))) {
            open(back).standOn(second.commit());
            GitSandbox clone = GitSandbox.in(back.directory());
            assertThat(clone.read("a.txt")).isEqualTo("changed elsewhere\n");
            assertThat(clone.path("left-behind")).doesNotExist();
            assertThat(clone.tryGit("config", "core.hooksPath").exitCode()).isNotZero();
            assertThat(clone.path(".git/index.lock")).doesNotExist();
            clone.assertSound();
        }
        assertThat(temp.resolve("a").resolve(run.toString())).isDirectoryNotContaining("glob:**old");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void afterACrashAtAnyMomentTheCloneIsMadeAnew(boolean moved) throws Exception {
        CheckpointRecord last = null;
        if (moved) {
            try (PreparedWorkspace prepared = node("first").prepare(request(null, null))) {
                last = published(prepared, 0);
            }
        }
        WorkspaceRequest request = request("lost", last);
        for (int call = 0; crashes(call, request); call++) {
            try (PreparedWorkspace prepared = node("crashed-" + call).prepare(request)) {
                GitSandbox clone = GitSandbox.in(prepared.directory());
                assertThat(clone.content().keySet()).as("after call %s", call).containsExactly("a.txt", "dir/b.txt");
                clone.assertSound();
            }
        }
    }

    /** Makes a clone until this call of git, if there are so many. */
    private boolean crashes(int call, WorkspaceRequest request) throws InterruptedException {
        int[] calls = {0};
        GitRunner dying = command -> {
            if (calls[0]++ == call) {
                throw new IllegalStateException("the node dies");
            }
            return git.run(command);
        };
        try {
            node("crashed-" + call, dying).prepare(request).close();
            assertThat(call).isGreaterThan(5);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Test
    void aRemoteThatIsAwayIsUnreachableAndAWholeCloneNeedsItNot() throws Exception {
        CloneSource node = node("a");
        String place = leave(node, request(null, null), "half-done");
        Path away = temp.resolve("away.git");
        Files.move(remote, away);

        assertUnreachable(() -> node("b").prepare(request(null, null)));
        assertUnreachable(() -> node("b").check(request(null, null).ref()));
        assertUnreachable(() -> node.prepare(request("another", null)));
        assertThat(node.has(request(place, null)))
                .as("a failed try deletes nothing")
                .isTrue();
        try (PreparedWorkspace prepared = node.prepare(request(place, null))) {
            assertUnreachable(() -> published(prepared, 0));
            Files.move(away, remote);
            published(prepared, 0);
        }
    }

    @Test
    void aRemoteThatRefusesIsTriedAgainAndPublishingTwiceIsPublishingOnce() throws Exception {
        try (PreparedWorkspace prepared = node("a").prepare(request(null, null))) {
            Path hook = remote.resolve("hooks/pre-receive");
            Files.createDirectories(hook.getParent());
            Files.writeString(hook, "#!/bin/sh\necho 'read-only today' >&2\nexit 1\n");
            assertThat(hook.toFile().setExecutable(true)).isTrue();

            assertThatExceptionOfType(WorkspaceException.class)
                    .isThrownBy(() -> published(prepared, 0))
                    .withMessageContaining("read-only today")
                    .withMessageContaining("accepts pushes")
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.UNREACHABLE));

            Files.delete(hook);
            CheckpointRecord last = published(prepared, 0);
            prepared.publish(last.ref(), last.commit());
            assertThat(GitSandbox.in(remote).git("for-each-ref", "--format=%(objectname) %(refname)", "refs/ralph"))
                    .isEqualTo(last.commit() + " " + last.ref());
        }
    }

    @Test
    void whatTheAgentWroteIntoTheConfigurationOfItsCloneLeadsNoPushAnywhere() throws Exception {
        try (PreparedWorkspace prepared = node("a").prepare(request(null, null))) {
            GitSandbox clone = GitSandbox.in(prepared.directory());
            Path trap = temp.resolve("trap.git");
            clone.git("init", "-q", "--bare", trap.toString());
            clone.git("config", "url." + trap + ".insteadOf", remote.toString());
            clone.git("config", "credential.helper", "!touch " + temp.resolve("asked"));
            clone.writeExecutable(".git/hooks/pre-push", "#!/bin/sh\ntouch '" + temp.resolve("hooked") + "'\n");

            CheckpointRecord last = published(prepared, 0);

            assertThat(GitSandbox.in(remote).git("rev-parse", last.ref())).isEqualTo(last.commit());
            assertThat(GitSandbox.in(trap).git("for-each-ref")).isEmpty();
            assertThat(temp.resolve("hooked")).doesNotExist();
            assertThat(temp.resolve("asked")).doesNotExist();
        }
    }

    @Test
    void beginsFromABranchACommitAndADirectory() throws Exception {
        String first = project.git("rev-parse", "HEAD");
        project.git("checkout", "-q", "-b", "release");
        project.write("dir/b.txt", "three\n");
        project.commitAll("second");
        project.git("push", "-q", remote.toString(), "release");
        GitRemote release = GitRemote.of(remote.toString()).withBranch("release");

        try (PreparedWorkspace tip = node("a").prepare(request(release))) {
            assertThat(GitSandbox.in(tip.directory()).read("dir/b.txt")).isEqualTo("three\n");
        }
        try (PreparedWorkspace older =
                node("b").prepare(request(release.withCommit(first).withDirectory("dir")))) {
            assertThat(older.directory()).endsWith(Path.of("dir"));
            assertThat(older.directory().resolve("b.txt")).hasContent("two\n");
            assertThat(GitSandbox.in(older.directory()).git("symbolic-ref", "HEAD"))
                    .isEqualTo("refs/heads/release");
        }
    }

    @Test
    void whatIsNotThereToBeginFromIsNamed() {
        GitRemote base = GitRemote.of(remote.toString());

        assertUnknown(base.withBranch("nowhere"), "no branch 'nowhere'");
        assertUnknown(base.withCommit("1".repeat(40)), "1111 is not on the branch refs/heads/main");
        assertUnknown(base.withDirectory("nowhere"), "no directory 'nowhere'");
        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> node("a").check(base.withBranch("nowhere").ref()))
                .withMessageContaining("no branch 'nowhere'");
    }

    @Test
    void aRemoteWithLongNamesOfObjectsIsClonedAndPublishedTo() throws Exception {
        GitSandbox longNames = GitSandbox.init(temp.resolve("sha256"), "--object-format=sha256");
        longNames.write("a.txt", "one\n");
        longNames.commitAll("first");
        longNames.git("clone", "-q", "--bare", ".", temp.resolve("sha256.git").toString());
        WorkspaceRef ref = WorkspaceRef.git(temp.resolve("sha256.git").toString());

        CheckpointRecord last;
        try (PreparedWorkspace prepared = node("a").prepare(new WorkspaceRequest(run, ref, null, null))) {
            last = published(prepared, 0);
        }
        assertThat(last.commit()).hasSize(64);
        try (PreparedWorkspace prepared = node("b").prepare(new WorkspaceRequest(run, ref, "lost", last))) {
            assertThat(prepared.directory().resolve("a.txt")).hasContent("one");
        }
        assertThat(node("b").withdraw(new WorkspaceRequest(run, ref, "lost", last)))
                .containsExactly(last.ref());
    }

    @Test
    void anEmptyRemoteHasNothingToBeginFrom() {
        Path empty = temp.resolve("empty.git");
        project.git("init", "-q", "--bare", empty.toString());

        assertUnknown(GitRemote.of(empty.toString()), "no commit to begin from");
    }

    @Test
    void aCheckpointThatTheRemoteLostIsNamed() throws Exception {
        CheckpointRecord last;
        try (PreparedWorkspace prepared = node("a").prepare(request(null, null))) {
            last = published(prepared, 0);
        }
        GitSandbox.in(remote).git("update-ref", "-d", last.ref());

        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> node("b").prepare(request("lost", last)))
                .withMessageContaining(last.ref())
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.UNKNOWN_CHECKPOINT));
    }

    @Test
    void oneRunAtATimeHasAClone() throws Exception {
        CloneSource node = node("a");
        try (PreparedWorkspace prepared = node.prepare(request(null, null))) {
            assertThatExceptionOfType(WorkspaceException.class)
                    .isThrownBy(() -> node("a").prepare(request("another", null)))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.IN_USE));
            assertThat(prepared.directory()).exists();
        }
    }

    @Test
    void atTheEndTheCloneGoesAndThenWhatWasPublished() throws Exception {
        CloneSource node = node("a");
        PreparedWorkspace prepared = node.prepare(request(null, null));
        CheckpointRecord last = published(prepared, 0);
        String place = prepared.place().orElseThrow();

        prepared.discard();
        assertThat(node.has(request(place, last))).isFalse();
        assertThat(temp.resolve("a")).isEmptyDirectory();

        assertThat(node("b").withdraw(request(place, last))).containsExactly(last.ref());
        assertThat(GitSandbox.in(remote).git("for-each-ref", "refs/ralph")).isEmpty();
        assertThat(node("b").withdraw(request(place, last))).isEmpty();
        assertThat(temp.resolve("b")).isEmptyDirectory();
    }

    @Test
    void clonesThatNoRunCameBackToAreDeletedAfterAWeek() throws Exception {
        CloneSource node = node("a");
        leave(node, request(null, null), "x");
        Path old = temp.resolve("a").resolve(run.toString());
        Instant used = Instant.now().minus(Duration.ofDays(6));
        Files.setLastModifiedTime(old.resolve(CloneFolder.MARKER), FileTime.from(used));
        leave(
                node,
                new WorkspaceRequest(
                        RunId.create(Instant.now()), request(null, null).ref(), null, null),
                "x");
        assertThat(old).exists();

        Files.setLastModifiedTime(old.resolve(CloneFolder.MARKER), FileTime.from(used.minus(Duration.ofDays(2))));
        leave(
                node,
                new WorkspaceRequest(
                        RunId.create(Instant.now()), request(null, null).ref(), null, null),
                "x");

        assertThat(old).doesNotExist();
    }

    @Test
    void cloneWithWhatIsNowhereElseStays() throws Exception {
        CloneSource node = node("a");
        RunId keptRun = RunId.create(Instant.now());
        node.prepare(fresh(keptRun)).keep();
        PreparedWorkspace refused = node.prepare(request(null, null));
        Path away = temp.resolve("away.git");
        Files.move(remote, away);
        assertUnreachable(() -> published(refused, 0));
        refused.close();
        Files.move(away, remote);
        Path kept = age(keptRun, 400);
        Path unpublished = age(run, 29);

        node.prepare(fresh(RunId.create(Instant.now()))).close();
        assertThat(kept).exists();
        assertThat(unpublished).exists();

        age(run, 31);
        node.prepare(fresh(RunId.create(Instant.now()))).close();
        assertThat(kept).exists();
        assertThat(unpublished).doesNotExist();
    }

    private Path age(RunId of, int days) throws IOException {
        Path home = temp.resolve("a").resolve(of.toString());
        Files.setLastModifiedTime(
                home.resolve(CloneFolder.MARKER), FileTime.from(Instant.now().minus(Duration.ofDays(days))));
        return home;
    }

    private WorkspaceRequest fresh(RunId of) {
        return new WorkspaceRequest(of, WorkspaceRef.git(remote.toString()), null, null);
    }

    @Test
    void whatACutOffFetchLeftIsNotTakenOver() throws Exception {
        CloneSource node = node("a");
        CheckpointRecord last;
        try (PreparedWorkspace prepared = node.prepare(request(null, null))) {
            last = published(prepared, 0);
            Path packs = prepared.directory().resolve(".git/objects/pack");
            Files.createDirectories(packs);
            Files.writeString(packs.resolve("tmp_pack_x1"), "half");
        }
        try (PreparedWorkspace back = node.prepare(request("elsewhere", last))) {
            assertThat(back.directory().resolve(".git/objects/pack/tmp_pack_x1"))
                    .doesNotExist();
        }
    }

    @Test
    void aDirectoryThatLeadsOutOfTheCloneIsRefused() throws Exception {
        Path outside = Files.createDirectories(temp.resolve("outside").resolve("deep"));
        Files.createSymbolicLink(project.path("link"), outside.getParent());
        Files.createSymbolicLink(project.path("git"), Path.of(".git"));
        project.commitAll("links");
        project.git("push", "-q", remote.toString(), "main");
        GitRemote base = GitRemote.of(remote.toString());

        assertUnknown(base.withDirectory("link"), "is no directory in the clone");
        assertUnknown(base.withDirectory("link/deep"), "is no directory in the clone");
        assertUnknown(base.withDirectory("git"), "is no directory in the clone");

        CloneSource node = node("b");
        WorkspaceRequest first = request(base.withDirectory("dir"));
        String place;
        try (PreparedWorkspace prepared = node.prepare(first)) {
            place = prepared.place().orElseThrow();
            PrivateFiles.deleteTree(prepared.directory());
            Files.createSymbolicLink(prepared.directory(), outside);
        }
        assertThatExceptionOfType(WorkspaceException.class)
                .as("of an existing clone")
                .isThrownBy(() -> node.prepare(new WorkspaceRequest(run, first.ref(), place, null)))
                .withMessageContaining("is no directory in the clone");
    }

    @Test
    void aDirectoryThatTheAgentEmptiedIsThereAfterAMove() throws Exception {
        WorkspaceRequest first = request(GitRemote.of(remote.toString()).withDirectory("dir"));
        CloneSource a = node("a");
        CheckpointRecord last;
        String place;
        try (PreparedWorkspace prepared = a.prepare(first)) {
            place = prepared.place().orElseThrow();
            Files.delete(prepared.directory().resolve("b.txt"));
            last = published(prepared, 0);
            Files.delete(prepared.directory());
        }

        WorkspaceRequest next = new WorkspaceRequest(run, first.ref(), place, last);
        try (PreparedWorkspace again = a.prepare(next)) {
            assertThat(again.directory()).isEmptyDirectory();
        }
        try (PreparedWorkspace moved = node("b").prepare(next)) {
            assertThat(moved.directory()).isEmptyDirectory();
        }
    }

    @Test
    void filesBehindAFilterMoveAsTheyAreCommitted() throws Exception {
        project.write(".gitattributes", "*.bin filter=lfs\n");
        project.write("large.bin", "pointer\n");
        project.write("edited.bin", "pointer\n");
        project.write("deleted.bin", "pointer\n");
        project.commitAll("pointers");
        project.git("push", "-q", remote.toString(), "main");
        CheckpointRecord last;
        try (PreparedWorkspace first = node("a").prepare(request(null, null))) {
            GitSandbox clone = GitSandbox.in(first.directory());
            clone.git("config", "filter.lfs.clean", "false");
            clone.git("config", "filter.lfs.required", "true");
            clone.write("edited.bin", "content that nobody committed\n");
            clone.write("new.bin", "content that nobody committed\n");
            clone.delete("deleted.bin");
            GitWorkspace workspace = open(first);

            assertThat(workspace.unstored()).containsExactly("edited.bin (filtered)", "new.bin (filtered)");
            published(first, 0);
            last = published(first, 1);
            assertThat(clone.read("edited.bin")).isEqualTo("content that nobody committed\n");
        }

        try (PreparedWorkspace second = node("b").prepare(request("lost", last))) {
            open(second).standOn(last.commit());
            GitSandbox clone = GitSandbox.in(second.directory());
            assertThat(clone.read("large.bin")).isEqualTo("pointer\n");
            assertThat(clone.read("edited.bin")).isEqualTo("pointer\n");
            assertThat(clone.git("status", "--porcelain")).isEqualTo("D deleted.bin");
        }
    }

    @Test
    void whatIsInNoCheckpointIsNamed() throws Exception {
        WorkspaceRequest request = request(GitRemote.of(remote.toString()).withDirectory("dir"));
        try (PreparedWorkspace prepared = node("a").prepare(request)) {
            GitSandbox inside = GitSandbox.in(prepared.directory());
            GitSandbox clone = GitSandbox.in(prepared.directory().resolveSibling("."));
            inside.write("c.txt", "stored\n");
            clone.write(".gitignore", "*.log\n");
            clone.commitAll("committed, so that it is stored");
            clone.write("build.log", "ignored\n");
            assertThat(open(prepared).unstored()).isEmpty();

            inside.write(".env", "A=b\n");
            clone.write("a.txt", "changed outside\n");
            clone.write("other/new.txt", "new outside\n");

            assertThat(open(prepared).unstored())
                    .containsExactly(
                            "dir/.env (secret)",
                            "a.txt (outside of the workspace)",
                            "other/new.txt (outside of the workspace)");
        }
    }

    private CloneSource node(String name) {
        return node(name, git);
    }

    private CloneSource node(String name, GitRunner runner) {
        return new CloneSource(
                temp.resolve(name),
                TIMEOUT,
                Duration.ofDays(7),
                secret -> Optional.of(new Secret(secret, "s3cr3t")),
                SecretHosts.parse("TOKEN@git.example.com"),
                InstantSource.system(),
                runner);
    }

    private WorkspaceRequest request(@Nullable String place, @Nullable CheckpointRecord last) {
        return new WorkspaceRequest(run, WorkspaceRef.git(remote.toString()), place, last);
    }

    private WorkspaceRequest request(GitRemote from) {
        return new WorkspaceRequest(run, from.ref(), null, null);
    }

    /** Prepares it, leaves a file there, and gives the place. */
    private static String leave(CloneSource node, WorkspaceRequest request, String file)
            throws IOException, InterruptedException {
        try (PreparedWorkspace prepared = node.prepare(request)) {
            Files.createFile(prepared.directory().resolve(file));
            return prepared.place().orElseThrow();
        }
    }

    private GitWorkspace open(PreparedWorkspace prepared) throws InterruptedException {
        return (GitWorkspace)
                Workspace.open(prepared.directory(), WorkspaceOptions.defaults().thatMoves(), git);
    }

    private CheckpointRecord published(PreparedWorkspace prepared, int number) throws InterruptedException {
        Checkpoint made = open(prepared)
                .checkpoint(new CheckpointRequest(run, "lease-1", number, number, Checkpoint.Kind.ITERATION))
                .checkpoint();
        prepared.publish(made.reference(), made.commit());
        return new CheckpointRecord(number, number, made.reference(), made.commit(), made.created());
    }

    private void assertUnknown(GitRemote from, String message) {
        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> node("a").prepare(request(from)))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.UNKNOWN_REVISION));
    }

    private static void assertUnreachable(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.UNREACHABLE));
    }
}
