/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an agent may have planted in the repository must not run when Ralph uses git. */
@ExtendWith(SharedGit.class)
@Tag("integration")
class HostileRepositoryTest {

    private static final List<String> HOOKS = List.of(
            "applypatch-msg",
            "commit-msg",
            "fsmonitor-watchman",
            "post-checkout",
            "post-commit",
            "post-index-change",
            "post-rewrite",
            "pre-auto-gc",
            "pre-commit",
            "prepare-commit-msg",
            "reference-transaction");

    @TempDir
    Path temp;

    private final GitRunner git;

    private GitSandbox repo;
    private Path witness;
    private final Requests requests = Requests.ofNewRun();

    HostileRepositoryTest(GitRunner git) {
        this.git = git;
    }

    @BeforeEach
    void makeRepository() {
        repo = GitSandbox.withCommit(temp.resolve("repo"));
        witness = temp.resolve("witness");
    }

    @Test
    void runsNoHooks() throws Exception {
        String hook = "#!/bin/sh\necho \"$0\" >> '" + witness + "'\n";
        HOOKS.forEach(name -> repo.writeExecutable(".git/hooks/" + name, hook));
        HOOKS.forEach(name -> repo.writeExecutable("more-hooks/" + name, hook));
        everyOperation(repo.open(git));
        repo.git("config", "core.hooksPath", "more-hooks");
        everyOperation(repo.open(git));
        assertThat(witness).doesNotExist();

        repo.tryGit("commit", "-q", "--allow-empty", "-m", "the hooks do run for the user");
        assertThat(witness).content().contains("pre-commit", "reference-transaction");
    }

    @Test
    void runsNoProgramThatTheConfigurationNames() throws Exception {
        Path program = planted("program");
        for (String key : List.of(
                "core.fsmonitor",
                "core.editor",
                "core.pager",
                "core.askPass",
                "core.sshCommand",
                "core.alternateRefsCommand",
                "gpg.program",
                "diff.external",
                "diff.evil.command",
                "diff.evil.textconv",
                "merge.evil.driver",
                "pager.diff-tree",
                "pager.for-each-ref",
                "pager.ls-files",
                "credential.helper",
                "interactive.diffFilter",
                "uploadpack.packObjectsHook")) {
            repo.git("config", key, program.toString());
        }
        repo.git("config", "alias.ls-files", "!" + program);
        repo.git("config", "alias.write-tree", "!" + program);
        repo.git("config", "commit.gpgSign", "true");
        repo.git("config", "log.showSignature", "true");
        repo.write(".gitattributes", "* diff=evil merge=evil\n");
        everyOperation(repo.open(git));
        assertThat(witness).doesNotExist();

        repo.tryGit("status");
        assertThat(witness).exists();
    }

    @Test
    void runsNoFilters() throws Exception {
        Path program = planted("filter");
        GitWorkspace openBefore = repo.open(git);
        for (String kind : List.of("clean", "smudge", "process")) {
            repo.git("config", "filter.evil." + kind, program.toString());
        }
        repo.git("config", "filter.evil.required", "true");
        repo.write("dir/.gitattributes", "* filter=evil\n");
        repo.write("dir/b.txt", "changed\n");
        everyOperation(openBefore);
        everyOperation(repo.open(git));
        repo.write(".git/info/attributes", "dir/* filter=evil ident eol=crlf working-tree-encoding=UTF-16\n");
        everyOperation(repo.open(git));
        assertThat(witness).doesNotExist();

        repo.tryGit("add", "-A");
        assertThat(witness).exists();
    }

    @Test
    void leavesFilesBehindAConfiguredFilterOutAndSaysSo() throws Exception {
        repo.write(".gitattributes", "*.psd filter=lfs\nsecrets/** filter=git-crypt\n*.unset -filter\n");
        repo.write("image.psd", "large\n");
        repo.write("secrets/key", "plain text on disk\n");
        repo.write("x.unset", "x\n");
        repo.git("config", "filter.git-crypt.clean", "cat");
        GitWorkspace workspace = repo.open(git);

        CheckpointResult result = workspace.checkpoint(requests.number(0));
        assertThat(repo.filesIn(result.checkpoint().commit()))
                .containsExactly(".gitattributes", "a.txt", "dir/b.txt", "image.psd", "x.unset");
        assertThat(result.leftOut())
                .extracting(LeftOut::path, LeftOut::reason)
                .containsExactly(tuple("secrets/key", LeftOut.Reason.FILTERED));

        repo.write(".gitattributes", "dir/* filter=git-crypt\n");
        CheckpointResult later = workspace.checkpoint(requests.number(1));
        assertThat(later.leftOut()).extracting(LeftOut::path).containsExactly("dir/b.txt");
    }

    @Test
    void storesFilesByteForByteWhateverAttributesSay() throws Exception {
        repo.git("config", "core.autocrlf", "true");
        repo.write(".gitattributes", "*.txt text eol=lf ident\n*.u16 working-tree-encoding=UTF-16\n");
        String odd = "one\r\ntwo\n$Id$\r\n";
        repo.write("odd.txt", odd);
        repo.write("x.u16", "not UTF-16");
        GitWorkspace workspace = repo.open(git);
        Checkpoint made = workspace.checkpoint(requests.number(0)).checkpoint();
        repo.delete("odd.txt");
        repo.delete("x.u16");
        workspace.rollback(made.commit(), requests.safety());
        assertThat(repo.read("odd.txt")).isEqualTo(odd);
        assertThat(repo.read("x.u16")).isEqualTo("not UTF-16");
    }

    @Test
    void fetchesNothingForObjectsThatAPartialCloneLacks() throws Exception {
        repo.git("config", "uploadpack.allowFilter", "true");
        Path program = planted("transport");
        GitSandbox clone = GitSandbox.in(temp.resolve("clone"));
        clone.git("clone", "-q", "--filter=blob:none", "--sparse", "file://" + repo.directory(), ".");
        clone.git("config", "remote.origin.url", "ext::" + program);
        clone.git("config", "protocol.ext.allow", "always");
        clone.write("new", "new\n");

        Checkpoint made = clone.open(git).checkpoint(requests.number(0)).checkpoint();
        everyOperation(clone.open(git));

        assertThat(clone.filesIn(made.commit())).containsExactly("a.txt", "new");
        assertThat(witness).doesNotExist();
        clone.tryGit("cat-file", "-p", "HEAD:dir/b.txt");
        assertThat(witness).exists();
    }

    @Test
    void doesNotFollowARepositoryThatWasExchanged() throws Exception {
        GitWorkspace workspace = repo.open(git);
        GitSandbox other = GitSandbox.withCommit(temp.resolve("other"));
        Map<String, String> before = other.userState();
        repo.delete(".git");
        repo.write(".git", "gitdir: " + other.path(".git") + "\n");

        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> workspace.checkpoint(requests.number(0)))
                .returns(Problem.MISSING, WorkspaceException::problem)
                .withMessageContaining(repo.path(".git").toString());
        assertThat(other.userState()).isEqualTo(before);
        assertThat(other.path(".git/ralph")).doesNotExist();
    }

    @Test
    void refusesAWorkingTreeThatIsConfiguredElsewhere() throws Exception {
        GitWorkspace workspace = repo.open(git);
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("precious"), "precious");
        Checkpoint made = workspace.checkpoint(requests.number(0)).checkpoint();
        repo.git("config", "core.worktree", elsewhere.toString());

        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> repo.open(git))
                .withMessageContaining("core.worktree")
                .returns(Problem.DAMAGED_REPOSITORY, WorkspaceException::problem);
        repo.write("a.txt", "changed\n");
        workspace.rollback(made.commit(), requests.safety());
        assertThat(repo.read("a.txt")).isEqualTo("one\n");
        assertThat(elsewhere).isDirectoryContaining(path -> path.endsWith("precious"));
    }

    @Test
    void ignoresSettingsForItsOwnFilesThatMakeNoSense() throws Exception {
        repo.git("config", "core.excludesFile", "/nowhere\"\\\n[filter \"evil\"]\nclean=false");
        assertThat(RepositorySettings.read(List.of(
                        "core.filemode maybe", "core.sharedrepository 0777; x", "core.bare true", "core.symlinks")))
                .containsOnly(Map.entry("core.symlinks", "true"));
        assertThat(repo.open(git).checkpoint(requests.number(0)).leftOut()).isEmpty();
    }

    @Test
    @Tag("linux")
    void doesNotWaitForeverForARepositoryThatHangs() throws Exception {
        GitWorkspace workspace = repo.open(git, WorkspaceOptions.defaults().withTimeout(Duration.ofSeconds(1)));
        assertThat(new ProcessBuilder("mkfifo", repo.path(".git/pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.writeString(repo.path(".git/config"), "[include]\n\tpath = pipe\n");
        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(workspace::fingerprint)
                .returns(Problem.GIT_TIMEOUT, WorkspaceException::problem)
                .withMessageContaining("PT1S");
    }

    @Test
    void deletesWhatAnAbortedOperationLeftOnceItIsOld() throws Exception {
        repo.write(".git/ralph/area-old/index", "x");
        repo.write(".git/ralph/area-new/index", "x");
        Files.setLastModifiedTime(
                repo.path(".git/ralph/area-old"),
                java.nio.file.attribute.FileTime.from(java.time.Instant.now().minus(Duration.ofHours(7))));
        repo.open(git).fingerprint();
        assertThat(repo.path(".git/ralph/area-old")).doesNotExist();
        assertThat(repo.path(".git/ralph/area-new")).exists();
    }

    private void everyOperation(GitWorkspace workspace) throws InterruptedException {
        Requests run = Requests.ofNewRun();
        workspace.fingerprint();
        Checkpoint made = workspace.checkpoint(run.number(0)).checkpoint();
        Path file = workspace.directory().resolve("edit-" + run.run());
        try {
            Files.writeString(file, "edit\n");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Checkpoint next = workspace.checkpoint(run.number(1)).checkpoint();
        assertThat(workspace.diff(made.commit(), next.commit(), 10_000).text()).contains("+edit");
        workspace.rollback(made.commit(), run.safety());
        assertThat(file).doesNotExist();
        assertThat(workspace.checkpoints(run.run())).hasSize(2);
        assertThat(workspace.deleteCheckpoints(run.run())).isEqualTo(2);
    }

    private Path planted(String name) {
        GitSandbox bin = GitSandbox.in(temp.resolve("bin"));
        bin.writeExecutable(name, "#!/bin/sh\ntouch '" + witness + "'\n");
        return bin.path(name);
    }
}
