/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.WorkspaceException;
import java.util.ArrayList;
import java.util.List;

/** Runs git. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface GitRunner {

    /**
     * Runs one command to its end and blocks until then.
     *
     * @param command the call
     * @return its output, whatever the exit code
     * @throws InterruptedException if the calling thread was interrupted; git is dead by then
     * @throws WorkspaceException if git is not installed, cannot be started, or does not end in time
     */
    GitOutput run(GitCommand command) throws InterruptedException;

    /**
     * Runs commands one after the other, each whatever became of those before. Where starting a process is expensive, an
     * implementation may start one for all.
     *
     * @param commands calls in one directory, at most one of them with input
     * @return their outputs in the same order
     * @throws InterruptedException if the calling thread was interrupted; git is dead by then
     * @throws WorkspaceException as {@link #run}
     */
    default List<GitOutput> runAll(List<GitCommand> commands) throws InterruptedException {
        List<GitOutput> outputs = new ArrayList<>();
        for (GitCommand command : commands) {
            outputs.add(run(command));
        }
        return outputs;
    }
}
