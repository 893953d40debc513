/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedGit.class)
@Tag("integration")
class RollbackTest {

    @TempDir
    Path temp;

    private final GitRunner git;

    private GitSandbox repo;
    private GitWorkspace workspace;
    private final Requests requests = Requests.ofNewRun();

    RollbackTest(GitRunner git) {
        this.git = git;
    }

    @BeforeEach
    void makeRepository() {
        repo = GitSandbox.withCommit(temp.resolve("repo"));
        workspace = repo.open(git);
    }

    @Test
    void restoresEveryCheckpointOfASequenceInAnyOrder() throws Exception {
        repo.write(".gitignore", "*.log\n");
        List<Change> steps = List.of(
                () -> repo.write("a.txt", "edited\n"),
                () -> repo.delete("dir"),
                () -> repo.write("dir", "a file where a directory was\n"),
                () -> {
                    repo.delete("dir");
                    repo.write("dir/deep/er/c.txt", "a directory again\n");
                },
                () -> Files.move(repo.path("a.txt"), repo.path("renamed.txt")),
                () -> assertThat(repo.path("renamed.txt").toFile().setExecutable(true))
                        .isTrue(),
                () -> Files.createSymbolicLink(repo.path("link"), Path.of("renamed.txt")),
                () -> Files.createSymbolicLink(repo.path("outside"), Path.of("/etc/hostname")),
                () -> Files.createSymbolicLink(repo.path("dangling"), Path.of("nowhere/at/all")),
                () -> {
                    repo.delete("dir");
                    Files.createSymbolicLink(repo.path("dir"), temp);
                },
                () -> {
                    repo.delete("link");
                    repo.write("link/with/files", "a directory where a link was\n");
                },
                () -> repo.write("n\u00fc \"q\"\n\t\\x", "odd name\n"),
                () -> repo.write("-rf", "looks like an option\n"),
                () -> repo.write(":(top)magic*?[x]", "looks like a pattern\n"),
                () -> repo.write("crlf.txt", "one\r\ntwo\nthree\r"),
                () -> Files.write(repo.path("binary"), new byte[] {0, 1, 2, (byte) 0xff, 0, 13, 10}),
                () -> repo.write("empty", ""),
                () -> repo.delete("renamed.txt"));
        List<Map<String, String>> states = new ArrayList<>();
        List<Checkpoint> checkpoints = new ArrayList<>();
        states.add(repo.content());
        checkpoints.add(workspace.checkpoint(requests.number(0)).checkpoint());
        for (Change step : steps) {
            step.make();
            states.add(repo.content());
            checkpoints.add(
                    workspace.checkpoint(requests.number(states.size() - 1)).checkpoint());
        }
        Map<String, String> user = repo.userState();
        String status = user.remove("status");

        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(7));
        for (int i : order) {
            RollbackResult result = workspace.rollback(checkpoints.get(i).commit(), requests.safety());
            assertThat(repo.content()).as("checkpoint " + i).isEqualTo(states.get(i));
            assertThat(result.kept()).isEmpty();
        }

        Map<String, String> after = repo.userState();
        after.remove("status");
        assertThat(after).isEqualTo(user);
        workspace.rollback(checkpoints.get(steps.size()).commit(), requests.safety());
        assertThat(repo.userState()).containsEntry("status", status);
        repo.assertSound();
        repo.delete("outside");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void restoresRandomStates(long seed) throws Exception {
        Random random = new Random(seed);
        List<Map<String, String>> states = new ArrayList<>();
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            RandomEdits.apply(repo.directory(), random, 12);
            states.add(repo.content());
            checkpoints.add(workspace.checkpoint(requests.number(i)).checkpoint());
        }
        for (int i = 0; i < 6; i++) {
            RandomEdits.apply(repo.directory(), random, 4);
            Map<String, String> before = repo.content();
            int target = random.nextInt(states.size());
            RollbackResult result = workspace.rollback(checkpoints.get(target).commit(), requests.safety());
            assertThat(repo.content()).as("seed %d, target %d", seed, target).isEqualTo(states.get(target));
            workspace.rollback(result.safety().checkpoint().commit(), requests.safety());
            assertThat(repo.content()).as("seed %d, undoing %d", seed, target).isEqualTo(before);
        }
        repo.assertSound();
    }

    @Test
    void storesThePresentStateFirstSoThatNothingIsLost() throws Exception {
        Checkpoint start = workspace.checkpoint(requests.number(0)).checkpoint();
        repo.write("a.txt", "not checkpointed\n");
        repo.write("new", "not checkpointed either\n");

        RollbackResult result = workspace.rollback(start.commit(), requests.safety());

        Checkpoint safety = result.safety().checkpoint();
        assertThat(repo.read("a.txt")).isEqualTo("one\n");
        assertThat(repo.path("new")).doesNotExist();
        assertThat(result.changedFiles()).isEqualTo(2);
        assertThat(safety.kind()).isEqualTo(Checkpoint.Kind.SAFETY);
        assertThat(safety.reference()).isEqualTo("refs/ralph/" + requests.run() + "/lease-1/safety");
        assertThat(workspace.checkpoints(requests.run())).containsExactly(start, safety);

        workspace.rollback(safety.commit(), requests.safety());
        assertThat(repo.read("a.txt")).isEqualTo("not checkpointed\n");
        assertThat(repo.read("new")).isEqualTo("not checkpointed either\n");
    }

    @Test
    void leavesIgnoredSecretAndLargeFilesAlone() throws Exception {
        repo.write(".gitignore", "*.log\nnode_modules/\n");
        repo.write("big", "x".repeat(5000));
        GitWorkspace small = repo.open(git, WorkspaceOptions.defaults().withMaxUntrackedBytes(1000));
        Checkpoint start = small.checkpoint(requests.number(0)).checkpoint();
        repo.write("build.log", "log");
        repo.write("node_modules/x/index.js", "js");
        repo.write("prod.env", "A=1");
        repo.write("big", "y".repeat(6000));
        repo.write("added", "added");

        RollbackResult result = small.rollback(start.commit(), requests.safety());

        assertThat(repo.content().keySet())
                .containsExactly(
                        ".gitignore", "a.txt", "big", "build.log", "dir/b.txt", "node_modules/x/index.js", "prod.env");
        assertThat(repo.read("big")).startsWith("y");
        assertThat(result.kept()).isEmpty();
    }

    @Test
    void doesNotOverwriteWhatNoCheckpointHolds() throws Exception {
        repo.write("config", "stored\n");
        repo.write("out/x", "stored\n");
        repo.write("tree/x", "stored\n");
        repo.write("flat", "stored\n");
        Checkpoint start = workspace.checkpoint(requests.number(0)).checkpoint();
        repo.delete("config");
        repo.delete("out");
        repo.delete("tree");
        repo.delete("flat");
        workspace.checkpoint(requests.number(1));
        repo.write(".gitignore", "config\nout\nflat/\ntree/\n");
        repo.write("config", "private\n");
        repo.write("out", "a private file where a directory was\n");
        repo.write("flat/private", "in a directory where a file was\n");
        repo.write("tree/y", "private\n");

        RollbackResult result = workspace.rollback(start.commit(), requests.safety());

        assertThat(result.kept()).containsExactly("config", "flat", "out/x");
        assertThat(repo.read("config")).isEqualTo("private\n");
        assertThat(repo.read("out")).startsWith("a private file");
        assertThat(repo.read("flat/private")).startsWith("in a directory");
        assertThat(repo.read("tree/x")).isEqualTo("stored\n");
        assertThat(repo.read("tree/y")).isEqualTo("private\n");
        assertThat(repo.path(".gitignore")).doesNotExist();
    }

    @Test
    void leavesTheBranchAndTheAgentsCommitsWhereTheyAre() throws Exception {
        Checkpoint start = workspace.checkpoint(requests.number(0)).checkpoint();
        repo.write("a.txt", "committed\n");
        repo.commitAll("agent");
        String head = repo.git("rev-parse", "HEAD");

        workspace.rollback(start.commit(), requests.safety());

        assertThat(repo.read("a.txt")).isEqualTo("one\n");
        assertThat(repo.git("rev-parse", "HEAD")).isEqualTo(head);
        assertThat(repo.git("status", "--porcelain")).isEqualTo("M a.txt");
    }

    @Test
    void removesDirectoriesItEmptiesButNotEmptyOnesItFinds() throws Exception {
        Checkpoint start = workspace.checkpoint(requests.number(0)).checkpoint();
        repo.write("x/y/z", "z");
        Files.createDirectory(repo.path("hollow"));
        workspace.rollback(start.commit(), requests.safety());
        assertThat(repo.path("x")).doesNotExist();
        assertThat(repo.path("hollow")).isDirectory();
    }

    @Test
    void replacesAnEmptyDirectoryByTheFileThatWasThere() throws Exception {
        Checkpoint start = workspace.checkpoint(requests.number(0)).checkpoint();
        repo.delete("a.txt");
        Files.createDirectories(repo.path("a.txt/empty"));
        RollbackResult result = workspace.rollback(start.commit(), requests.safety());
        assertThat(result.kept()).isEmpty();
        assertThat(repo.read("a.txt")).isEqualTo("one\n");
    }

    @Test
    void neverWritesThroughALinkOutOfTheWorkspace() throws Exception {
        Checkpoint start = workspace.checkpoint(requests.number(0)).checkpoint();
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("b.txt"), "not ours\n");
        repo.delete("dir");
        Files.createSymbolicLink(repo.path("dir"), outside);

        workspace.rollback(start.commit(), requests.safety());

        assertThat(outside.resolve("b.txt")).hasContent("not ours");
        assertThat(repo.path("dir")).isDirectory();
        assertThat(Files.isSymbolicLink(repo.path("dir"))).isFalse();
        assertThat(repo.read("dir/b.txt")).isEqualTo("two\n");
    }

    @Test
    void doesNothingWhenTheStateIsAlreadyThere() throws Exception {
        Checkpoint start = workspace.checkpoint(requests.number(0)).checkpoint();
        RollbackResult result = workspace.rollback(start.commit(), requests.safety());
        assertThat(result.changedFiles()).isZero();
        assertThat(result.safety().unchanged()).isTrue();
        assertThat(result.safety().checkpoint()).isEqualTo(start);
    }

    @Test
    void restoresAnEmptyWorkspaceToAndFromContent() throws Exception {
        repo.delete("a.txt");
        repo.delete("dir");
        Checkpoint empty = workspace.checkpoint(requests.number(0)).checkpoint();
        repo.write("x", "x");
        Checkpoint full = workspace.checkpoint(requests.number(1)).checkpoint();
        workspace.rollback(empty.commit(), requests.safety());
        assertThat(repo.content()).isEmpty();
        workspace.rollback(full.commit(), requests.safety());
        assertThat(repo.content()).containsOnlyKeys("x");
        assertThat(Files.isDirectory(repo.directory(), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    private interface Change {
        void make() throws Exception;
    }

    @Test
    void leavesAloneWhatTheCheckpointsOwnRulesIgnoreThoughTheAgentChangedTheRules() throws Exception {
        repo.write(".gitignore", "data/\n");
        repo.write("data/mine.db", "precious\n");
        GitWorkspace workspace = repo.open(git);
        Checkpoint start = workspace.checkpoint(requests.number(0)).checkpoint();
        repo.write(".gitignore", "");
        repo.write("new.txt", "made by the agent\n");

        RollbackResult result = workspace.rollback(start.commit(), requests.safety());

        assertThat(repo.read("data/mine.db")).isEqualTo("precious\n");
        assertThat(repo.read(".gitignore")).isEqualTo("data/\n");
        assertThat(repo.path("new.txt")).doesNotExist();
        assertThat(result.kept()).containsExactly("data/mine.db");
    }
}
