/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import dev.ralph.process.ProcessLauncher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedGit.class)
class ContainedGitTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path temp;

    private final GitRunner git;
    private GitSandbox repo;

    ContainedGitTest(GitRunner git) {
        this.git = git;
    }

    @BeforeEach
    void makeRepository() {
        repo = GitSandbox.withCommit(temp.resolve("repo"));
    }

    @Test
    void givesForABatchWhatTheCallsGiveOneByOne() throws Exception {
        List<GitCommand> commands = List.of(
                command("", "ls-files"),
                command("", "rev-parse", "--verify", "no-such-branch"),
                command("", "config", "--get", "no.such.key"),
                command("some text\n", "hash-object", "--stdin"),
                command("", "rev-parse", "HEAD"),
                command("", "config", "a.b", "with blanks * $HOME $(id) ; ' \" \\\\n -x"),
                command("", "config", "a.b"),
                command("", "no-such-command"),
                command("", "version"));
        List<GitOutput> together = git.runAll(commands);
        List<GitOutput> single = new ArrayList<>();
        for (GitCommand command : commands) {
            single.add(git.run(command));
        }
        assertThat(together)
                .extracting(GitOutput::lines)
                .isEqualTo(single.stream().map(GitOutput::lines).toList());
        assertThat(together)
                .extracting(GitOutput::exitCode)
                .isEqualTo(single.stream().map(GitOutput::exitCode).toList());
        assertThat(together.get(6).lines()).containsExactly("with blanks * $HOME $(id) ; ' \" \\\\n -x");
        assertThat(together.get(0).lines()).containsExactly("a.txt", "dir/b.txt");
        assertThat(together.get(1).exitCode()).isEqualTo(128);
        assertThat(together.get(2).exitCode()).isEqualTo(1);
    }

    @Test
    void runsCallsOneByOneThatCannotBeInABatch() throws Exception {
        for (String odd : List.of("tab\there", "new\nline", "")) {
            List<GitOutput> outputs = git.runAll(
                    List.of(command("", "config", "odd.value", odd), command("", "config", "--null", "odd.value")));
            assertThat(String.join("\n", outputs.get(1).lines())).isEqualTo(odd + "\0");
        }
    }

    @Test
    void keepsTheEnvironmentOfEachCallApart() throws Exception {
        GitCommand here = command("", "rev-parse", "--git-dir");
        GitCommand elsewhere = new GitCommand(
                repo.directory(),
                here.arguments(),
                Map.of(
                        "PATH",
                        System.getenv("PATH"),
                        "GIT_DIR",
                        repo.path(".git").toString()),
                "",
                1000,
                LONG);
        assertThat(git.runAll(List.of(here, elsewhere, here)))
                .extracting(output -> output.single())
                .containsExactly(".git", repo.path(".git").toString(), ".git");
    }

    @Test
    void saysWhenOutputIsCut() throws Exception {
        GitOutput cut = git.run(command("", "ls-files").withOutputLimit(3));
        assertThat(cut.cut()).isTrue();
        List<GitOutput> batch = git.runAll(List.of(
                command("", "ls-files").withOutputLimit(3),
                command("", "version").withOutputLimit(3)));
        assertThat(batch).hasSize(2);
        for (GitOutput output : List.of(cut, batch.get(0), batch.get(1))) {
            assertThatExceptionOfType(WorkspaceException.class)
                    .isThrownBy(output::complete)
                    .returns(Problem.TOO_MANY_FILES, WorkspaceException::problem)
                    .withMessageContaining(".gitignore");
        }
    }

    @Test
    @Tag("linux")
    void killsGitWhenTheThreadIsInterrupted() throws Exception {
        Path pipe = repo.path(".git/pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.writeString(repo.path(".git/config"), "[include]\n\tpath = pipe\n");
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        AtomicReference<GitCommand> hanging = new AtomicReference<>(command("", "status"));
        Thread thread = new Thread(() -> {
            try {
                git.run(hanging.get());
                thrown.complete(new AssertionError("git did not hang"));
            } catch (InterruptedException | RuntimeException e) {
                thrown.complete(e);
            }
        });
        thread.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> gitsIn(repo.directory()) > 0);
        thread.interrupt();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(gitsIn(repo.directory())).isZero();
    }

    @Test
    void doesNotRunOnceItsLauncherIsClosed() throws ExecutionException {
        ProcessLauncher launcher = ProcessLauncher.create();
        launcher.close();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new ContainedGit(launcher).run(command("", "version")));
    }

    @Test
    void takesASnapshotOnlyIfTheThreadIsNotInterrupted() throws Exception {
        GitWorkspace workspace = repo.open(git);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(workspace::fingerprint);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(workspace.fingerprint()).isEqualTo(workspace.fingerprint());
    }

    private static long gitsIn(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/git"))
                .filter(process -> directory.equals(workingDirectory(process)))
                .count();
    }

    private static Path workingDirectory(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"));
        } catch (java.io.IOException e) {
            return Path.of("/");
        }
    }

    private GitCommand command(String input, String... arguments) {
        return new GitCommand(
                repo.directory(), List.of(arguments), Map.of("PATH", System.getenv("PATH")), input, 1 << 20, LONG);
    }
}
