/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a call of git gave.
 *
 * @param command the call, for messages
 * @param exitCode git's exit code
 * @param lines standard output by lines, malformed UTF-8 replaced
 * @param cut whether standard output was longer than the limit, so that lines are missing or shortened
 * @param errors the beginning of standard error
 */
public record GitOutput(String command, int exitCode, List<String> lines, boolean cut, String errors) {

    /** Copies the list. */
    public GitOutput {
        lines = List.copyOf(lines);
    }

    boolean succeeded() {
        return exitCode == 0;
    }

    /** All lines of a call that had to succeed and whose output has to be complete. */
    List<String> complete() {
        if (cut) {
            throw new WorkspaceException(
                    Problem.TOO_MANY_FILES,
                    "The output of '" + command + "' is too long to be read: the workspace has too many files."
                            + " Add generated directories to .gitignore.");
        }
        requireSuccess();
        return lines;
    }

    /** The complete output of a call that had to succeed, to be read by another. */
    String text() {
        return complete().stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** The only line of a call that had to succeed. */
    String single() {
        List<String> all = complete();
        if (all.size() != 1) {
            throw new WorkspaceException(
                    Problem.GIT_FAILED, "'" + command + "' printed " + all.size() + " lines instead of one.");
        }
        return all.get(0);
    }

    GitOutput requireSuccess() {
        if (!succeeded()) {
            throw new WorkspaceException(
                    Problem.GIT_FAILED, "'" + command + "' failed with exit code " + exitCode + ": " + errors.strip());
        }
        return this;
    }
}
