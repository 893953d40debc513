/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

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
}
