/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.option;

import dev.ralph.InvalidValueException;
import dev.ralph.WorkspaceRef;
import dev.ralph.workspace.GitRemote;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the agent works, from the command line. */
public final class WorkspaceOptions {

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "Directory the agent works in (default: this one).")
    private @Nullable Path directory;

    @Option(
            names = "--git-remote",
            paramLabel = "URL",
            description =
                    "Work in a clone of this remote instead of a directory. Checkpoints are pushed to refs/ralph of"
                            + " it, so that the run can go on on another host; its branches are not written. No passwords in the"
                            + " URL: git's credential helper or SSH is asked.")
    private @Nullable String remote;

    @Option(
            names = "--git-branch",
            paramLabel = "NAME",
            description = "Branch of --git-remote to begin from (default: the remote's).")
    private @Nullable String branch;

    /** For picocli. */
    public WorkspaceOptions() {}

    /** The directory; null for a clone, which is in none that is known. */
    @Nullable Path directory() {
        return remote != null ? null : directory != null ? directory : Path.of(".");
    }

    /**
     * The workspace.
     *
     * @throws InvalidValueException if the options contradict each other or cannot be used
     */
    WorkspaceRef ref() {
        if (remote == null) {
            if (branch != null) {
                throw new InvalidValueException("--git-branch", branch, "has no --git-remote that it could be of");
            }
            return WorkspaceRef.directory(directory != null ? directory : Path.of("."));
        }
        if (directory != null) {
            throw new InvalidValueException(
                    "--workspace", directory, "is given together with --git-remote; the agent works in one of them");
        }
        return GitRemote.of(remote).withBranch(branch).ref();
    }
}
