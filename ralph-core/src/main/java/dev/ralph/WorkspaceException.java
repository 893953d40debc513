/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import org.jspecify.annotations.Nullable;

/** The workspace cannot be used, or an operation on it failed; the message says which and what to do. */
public final class WorkspaceException extends RalphException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    public WorkspaceException(Problem problem, String message) {
        this(problem, message, null);
    }

    public WorkspaceException(Problem problem, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    /** What is wrong, for hosts that decide by it. */
    public Problem problem() {
        return problem;
    }

    /** What can be wrong with a workspace. */
    public enum Problem {
        /** The directory does not exist (any more). */
        MISSING,
        /** The path is a file. */
        NOT_A_DIRECTORY,
        /** The directory, or its git directory, cannot be written. */
        NOT_WRITABLE,
        /** The path has characters that this JVM's locale cannot express. */
        UNREPRESENTABLE_PATH,
        /** Git was asked for and the directory is in no repository. */
        NOT_A_REPOSITORY,
        /** The directory belongs to a repository without a working tree. */
        BARE_REPOSITORY,
        /** The directory is a part of a git directory. */
        INSIDE_GIT_DIRECTORY,
        /** Git cannot read the repository. */
        DAMAGED_REPOSITORY,
        /** Git refuses the repository because another user owns it. */
        FOREIGN_OWNER,
        /** The git program was not found. */
        GIT_MISSING,
        /** The git program is older than what is used here. */
        GIT_TOO_OLD,
        /** A git command ended with an error. */
        GIT_FAILED,
        /** A git command did not end in time. */
        GIT_TIMEOUT,
        /** The workspace has more files than can be listed. */
        TOO_MANY_FILES,
        /** What it is made from, or published to, cannot be reached or refuses; it may work later. */
        UNREACHABLE,
        /** The branch, commit or directory to begin from does not exist. */
        UNKNOWN_REVISION,
        /** The named checkpoint does not exist, or belongs to another workspace. */
        UNKNOWN_CHECKPOINT,
        /** Another run uses it. */
        IN_USE,
        /** The lock file cannot be locked on this file system. */
        LOCK_UNSUPPORTED,
        /** Reading or writing failed, or anything else. */
        IO
    }
}
