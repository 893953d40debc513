/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.InvalidPromptException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A prompt file cannot be used. The message names the path and the fix. */
public final class PromptFileException extends InvalidPromptException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    PromptFileException(Problem problem, Path file, String what, @Nullable Throwable cause) {
        super("The prompt file " + file + " " + what, cause);
        this.problem = problem;
    }

    /**
     * What is wrong, for callers that decide by it.
     *
     * @return the kind of the problem
     */
    public Problem problem() {
        return problem;
    }

    /** The kinds of problems. */
    public enum Problem {
        /** There is no such file. */
        MISSING,
        /** It is a directory or a device. */
        NOT_A_FILE,
        /** It has no text. */
        EMPTY,
        /** It is longer than a prompt may be. */
        TOO_LARGE,
        /** It is not UTF-8. */
        NOT_UTF_8,
        /** It is not in the workspace, or a link in it leads out. */
        OUTSIDE,
        /** It cannot be read. */
        UNREADABLE
    }
}
