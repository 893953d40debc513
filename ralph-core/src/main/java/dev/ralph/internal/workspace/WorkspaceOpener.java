/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.VersionControl;
import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks a directory before a run uses it, and says what to do when it cannot be used. */
final class WorkspaceOpener {

    private static final Pattern VERSION = Pattern.compile("git version (\\d{1,4})\\.(\\d{1,4}).*");
    private static final int OLDEST_MAJOR = 2;
    private static final int OLDEST_MINOR = 30;

    private final WorkspaceOptions options;
    private final GitRunner git;

    WorkspaceOpener(WorkspaceOptions options, GitRunner git) {
        this.options = options;
        this.git = git;
    }

    Workspace open(Path given) throws InterruptedException {
        requireDirectory(given);
        Path directory = realPath(given);
        requireWritable(directory, "The workspace ");
        if (!isExpressible(directory)) {
            throw new WorkspaceException(
                    Problem.UNREPRESENTABLE_PATH,
                    "The workspace " + directory + " has a name that this JVM's locale cannot express."
                            + " Start the JVM with LC_ALL=C.UTF-8, or rename the directory.");
        }
        GitDirectory found = GitDirectory.find(directory);
        VersionControl choice = options.versionControl();
        if (found != null && choice != VersionControl.NONE) {
            requireWritable(found.gitDir(), "The git directory ");
            requireWritable(found.commonDir(), "The git directory ");
            return new GitWorkspace(probe(directory, found));
        }
        if (choice == VersionControl.GIT) {
            throw new WorkspaceException(
                    Problem.NOT_A_REPOSITORY,
                    "The workspace " + directory + " is in no git repository. Run 'git init' there, or open it without"
                            + " version control.");
        }
        // The lock is at the same place with and without version control, or the two would not exclude each other.
        Path privateDirectory = found == null
                ? directory.resolve(PlainWorkspace.PRIVATE_DIRECTORY)
                : found.gitDir().resolve(Repository.PRIVATE_DIRECTORY);
        return new PlainWorkspace(directory, privateDirectory, options);
    }

    /** Whether the path survives being text, as which it reaches git. */
    private static boolean isExpressible(Path path) {
        try {
            return Path.of(path.toString()).equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    static void requireDirectory(Path directory) {
        if (!Files.exists(directory)) {
            throw new WorkspaceException(
                    Problem.MISSING, "The workspace " + directory + " does not exist. Create it, or correct the path.");
        }
        if (!Files.isDirectory(directory)) {
            throw new WorkspaceException(
                    Problem.NOT_A_DIRECTORY, "The workspace " + directory + " is not a directory. Name a directory.");
        }
    }

    private static Path realPath(Path directory) {
        try {
            return directory.toRealPath();
        } catch (NoSuchFileException e) {
            throw new WorkspaceException(
                    Problem.MISSING, "The workspace " + directory + " does not exist. Create it.", e);
        } catch (IOException e) {
            throw new WorkspaceException(
                    Problem.IO, "The workspace " + directory + " cannot be read (" + e + "). Check permissions.", e);
        }
    }

    private static void requireWritable(Path directory, String what) {
        if (!Files.isWritable(directory)) {
            throw new WorkspaceException(
                    Problem.NOT_WRITABLE,
                    what + directory + " is not writable by this user. Change its owner or permissions, or run as its"
                            + " owner.");
        }
    }

    private static void requireVersion(String version) {
        Matcher parts = VERSION.matcher(version);
        boolean recent =
                parts.matches() && isRecent(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        if (!recent) {
            throw new WorkspaceException(
                    Problem.GIT_TOO_OLD,
                    "Git " + OLDEST_MAJOR + "." + OLDEST_MINOR + " or newer is needed, but the one on the PATH says '"
                            + version + "'. Install a newer git, or open the workspace without version control.");
        }
    }

    private static boolean isRecent(int major, int minor) {
        return major == OLDEST_MAJOR ? minor >= OLDEST_MINOR : major > OLDEST_MAJOR;
    }

    private Repository probe(Path directory, GitDirectory found) throws InterruptedException {
        List<GitOutput> outputs = git.runAll(List.of(
                command(directory, "version"),
                command(
                        directory,
                        "rev-parse",
                        "--is-bare-repository",
                        "--is-inside-work-tree",
                        "--show-object-format",
                        "--show-cdup"),
                command(directory, "config", "--get-regexp", RepositorySettings.WANTED)));
        requireVersion(outputs.get(0).single());
        if (!outputs.get(1).succeeded()) {
            throw refusal(found, outputs.get(1));
        }
        List<String> answers = outputs.get(1).complete();
        if (answers.get(0).equals("true")) {
            throw new WorkspaceException(
                    Problem.BARE_REPOSITORY,
                    "The repository " + found.gitDir() + " is bare, so " + directory + " is no working tree of it."
                            + " Make one with 'git worktree add' or 'git clone' and use that.");
        }
        // An empty answer is the last line, and may be missing.
        Path gitsTop =
                directory.resolve(answers.size() > 3 ? answers.get(3) : "").normalize();
        if (!answers.get(1).equals("true") || !gitsTop.equals(found.top())) {
            throw new WorkspaceException(
                    Problem.DAMAGED_REPOSITORY,
                    "The repository " + found.gitDir() + " says that its working tree is not " + found.top()
                            + ". Correct or unset core.worktree in its configuration.");
        }
        Map<String, String> settings = RepositorySettings.read(outputs.get(2).lines());
        return new Repository(directory, found, answers.get(2), settings, options, git);
    }

    private static WorkspaceException refusal(GitDirectory found, GitOutput output) {
        if (output.errors().contains("dubious ownership") || output.errors().contains("unsafe repository")) {
            return new WorkspaceException(
                    Problem.FOREIGN_OWNER,
                    "Git refuses the repository at " + found.top() + " because another user owns it. If you trust it,"
                            + " change its owner, or run: git config --global --add safe.directory " + found.top());
        }
        return new WorkspaceException(
                Problem.DAMAGED_REPOSITORY,
                "The repository " + found.gitDir() + " cannot be read by git: "
                        + output.errors().strip()
                        + ". Repair it, or remove it if the project is not under git.");
    }

    private GitCommand command(Path directory, String... arguments) {
        return GitGuards.command(directory, List.of(arguments), Map.of(), "", options.timeout());
    }
}
