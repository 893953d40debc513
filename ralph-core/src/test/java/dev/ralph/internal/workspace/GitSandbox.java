/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A real git repository for a test, used as its owner would use it. */
final class GitSandbox {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "LC_ALL", "C",
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_CONFIG_COUNT", "3",
            "GIT_CONFIG_KEY_0", "user.name",
            "GIT_CONFIG_VALUE_0", "Somebody",
            "GIT_CONFIG_KEY_1", "user.email",
            "GIT_CONFIG_VALUE_1", "somebody@example.invalid",
            "GIT_CONFIG_KEY_2", "protocol.file.allow",
            "GIT_CONFIG_VALUE_2", "always");

    private final Path directory;

    private GitSandbox(Path directory) {
        this.directory = directory;
    }

    /** A new repository without commits in a directory that is made. */
    static GitSandbox init(Path directory, String... options) {
        GitSandbox sandbox = in(directory);
        List<String> init = new ArrayList<>(List.of("init", "-q", "-b", "main"));
        init.addAll(List.of(options));
        sandbox.git(init.toArray(String[]::new));
        return sandbox;
    }

    /** A directory that is, or will be, in a repository. */
    static GitSandbox in(Path directory) {
        try {
            Files.createDirectories(directory);
            return new GitSandbox(directory.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A repository with two files in one commit. */
    static GitSandbox withCommit(Path directory) {
        GitSandbox sandbox = init(directory);
        sandbox.write("a.txt", "one\n");
        sandbox.write("dir/b.txt", "two\n");
        sandbox.commitAll("first");
        return sandbox;
    }

    Path directory() {
        return directory;
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** The workspace as Ralph opens it, by default options. */
    GitWorkspace open(GitRunner git) {
        return open(git, WorkspaceOptions.defaults());
    }

    GitWorkspace open(GitRunner git, WorkspaceOptions options) {
        try {
            return (GitWorkspace) Workspace.open(directory, options, git);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs git as the user does; it must succeed. */
    String git(String... arguments) {
        Result result = tryGit(arguments);
        assertThat(result.exitCode())
                .as("git %s: %s", List.of(arguments), result.output())
                .isZero();
        return result.output().strip();
    }

    Result tryGit(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
            builder.environment().putAll(ENVIRONMENT);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void commitAll(String message) {
        git("add", "-A", "-f");
        git("commit", "-q", "--allow-empty", "-m", message);
    }

    void write(String name, String content) {
        try {
            Path file = path(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void writeExecutable(String name, String content) {
        write(name, content);
        assertThat(path(name).toFile().setExecutable(true)).isTrue();
    }

    void delete(String name) {
        PrivateFiles.deleteTree(path(name));
    }

    String read(String name) {
        try {
            return Files.readString(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The paths a commit holds. */
    List<String> filesIn(String commit) {
        return git("ls-tree", "-r", "--full-tree", "--name-only", commit)
                .lines()
                .toList();
    }

    /** All files outside {@code .git} by path: kind, permission to execute, content. */
    Map<String, String> content() {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = directory.relativize(file).toString();
                if (!name.equals(".git")
                        && !name.startsWith(".git/")
                        && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    content.put(name, describe(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content;
    }

    private static String describe(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return "-> " + Files.readSymbolicLink(file);
        }
        boolean executable = Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
        return (executable ? "x " : "- ") + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    /** Everything of the user's that Ralph must not touch: all of the git directory but objects and what is Ralph's. */
    Map<String, String> userState() {
        Map<String, String> state = new TreeMap<>();
        Path git = Path.of(git("rev-parse", "--absolute-git-dir"));
        Path common = directory.resolve(git("rev-parse", "--git-common-dir"));
        for (Path root : List.of(git, common)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    String name = root.relativize(file).toString();
                    boolean ralphs = ("/" + name + "/").contains("/ralph/");
                    if (!ralphs && !name.startsWith("objects") && Files.isRegularFile(file)) {
                        state.put(file.toString(), describe(file));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        state.put("stash list", git("stash", "list"));
        state.put("status", git("--no-optional-locks", "status", "--porcelain"));
        return state;
    }

    void assertSound() {
        Result fsck = tryGit("fsck", "--full", "--no-dangling");
        assertThat(fsck.exitCode()).as(fsck.output()).isZero();
        assertThat(fsck.output()).doesNotContain("missing", "broken", "error", "corrupt");
    }

    record Result(int exitCode, String output) {}
}
