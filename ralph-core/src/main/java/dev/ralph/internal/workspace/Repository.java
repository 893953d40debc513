/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The user's repository behind a workspace. It is asked for facts and given hidden references; its index, branches, stash,
 * reflogs and configuration are never written.
 *
 * <p>The git directory is pinned when the workspace is opened: an agent that later replaces {@code .git} cannot lead
 * Ralph to another repository.
 */
final class Repository {

    static final String PRIVATE_DIRECTORY = "ralph";

    private static final int MAX_HEAD_BYTES = 4096;
    private static final String BRANCH_PREFIX = "ref: ";
    private static final String REFTABLE_HEAD = "refs/heads/.invalid";

    private final Path workspace;
    private final GitDirectory location;
    private final GitPath prefix;
    private final String objectFormat;
    private final Map<String, String> settings;
    private final WorkspaceOptions options;
    private final GitRunner git;

    Repository(
            Path workspace,
            GitDirectory location,
            String objectFormat,
            Map<String, String> settings,
            WorkspaceOptions options,
            GitRunner git) {
        this.workspace = workspace;
        this.location = location;
        this.prefix = GitPath.between(location.top(), workspace);
        this.objectFormat = objectFormat;
        this.settings = settings;
        this.options = options;
        this.git = git;
    }

    Path workspace() {
        return workspace;
    }

    Path top() {
        return location.top();
    }

    Path commonDir() {
        return location.commonDir();
    }

    Path privateDirectory() {
        return location.gitDir().resolve(PRIVATE_DIRECTORY);
    }

    /** The workspace relative to the top of the working tree; empty if it is the top. */
    GitPath prefix() {
        return prefix;
    }

    String objectFormat() {
        return objectFormat;
    }

    Map<String, String> settings() {
        return settings;
    }

    WorkspaceOptions options() {
        return options;
    }

    GitRunner runner() {
        return git;
    }

    /** The object id that stands for "no such reference". */
    String absent() {
        return "0".repeat(objectFormat.equals("sha256") ? 64 : 40);
    }

    /** Arguments that limit a command to the workspace. */
    List<String> scope() {
        return prefix.bytes().isEmpty() ? List.of() : List.of("--", workspaceArgument());
    }

    private String workspaceArgument() {
        return location.top().relativize(workspace).toString();
    }

    GitOutput git(List<String> arguments) throws InterruptedException {
        return git(arguments, "");
    }

    GitOutput git(List<String> arguments, String input) throws InterruptedException {
        requirePresent();
        return git.run(command(arguments, input));
    }

    /** A call on the user's repository. */
    GitCommand command(List<String> arguments, String input) {
        Map<String, String> environment = Map.of(
                "GIT_DIR", location.gitDir().toString(),
                "GIT_WORK_TREE", location.top().toString());
        return GitGuards.command(location.top(), arguments, environment, input, options.timeout());
    }

    /** Adds arguments that limit a call to the workspace. */
    List<String> scoped(List<String> arguments) {
        List<String> scoped = new ArrayList<>(arguments);
        scoped.addAll(scope());
        return scoped;
    }

    GitOutput gitInScope(List<String> arguments) throws InterruptedException {
        return git(scoped(arguments));
    }

    /** The call whose output {@link #head} reads. */
    GitCommand headCommand() {
        return command(List.of("rev-parse", "--quiet", "--verify", "HEAD^{commit}"), "");
    }

    /** Where the user's branch stands. */
    Head head(GitOutput commit) {
        return new Head(commit.succeeded() ? commit.single() : "", branch());
    }

    private String branch() {
        try {
            byte[] content = ShortFiles.read(location.gitDir().resolve("HEAD"), MAX_HEAD_BYTES);
            String text = new String(content, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
            boolean named = text.startsWith(BRANCH_PREFIX) && !text.endsWith(REFTABLE_HEAD);
            return named ? text.substring(BRANCH_PREFIX.length()) : "";
        } catch (IOException e) {
            throw new WorkspaceException(
                    Problem.DAMAGED_REPOSITORY,
                    "The repository " + location.gitDir() + " has no readable HEAD (" + e + "). Repair it.",
                    e);
        }
    }

    void requirePresent() {
        WorkspaceOpener.requireDirectory(workspace);
        if (!Files.isDirectory(location.gitDir())) {
            throw new WorkspaceException(
                    Problem.MISSING,
                    "The git directory " + location.gitDir() + " of the workspace " + workspace
                            + " is gone. Restore the repository, or start a new run on another.");
        }
    }

    /**
     * Where a branch stands.
     *
     * @param commit the commit's id, or empty if there is none yet
     * @param branch the full name of the branch, or empty if none is checked out
     */
    record Head(String commit, String branch) {}
}
