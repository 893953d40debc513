/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.WorkspaceException;
import java.nio.file.Path;

/**
 * The directory a run works in.
 *
 * <p>A workspace holds no open files and no threads. Taking fingerprints and checkpoints and rolling back are safe from
 * several threads and processes, but mean something only while nothing else changes the directory: hold its
 * {@linkplain #tryLock lock} and let no agent run meanwhile.
 */
public sealed interface Workspace permits GitWorkspace, PlainWorkspace {

    /**
     * Opens a directory.
     *
     * @param directory an existing directory, of any kind of git working tree or of none
     * @param options whether git is used, limits
     * @param git runs git; not used for a directory in no repository
     * @return the workspace
     * @throws WorkspaceException if it cannot be used; the message names the path and the fix
     * @throws InterruptedException if the thread was interrupted while git ran
     */
    static Workspace open(Path directory, WorkspaceOptions options, GitRunner git) throws InterruptedException {
        return new WorkspaceOpener(options, git).open(directory);
    }

    /**
     * Where the workspace is.
     *
     * @return the real path
     */
    Path directory();

    /**
     * The state of the workspace, to tell whether it changed. Bounded in time; blocks.
     *
     * @return the fingerprint
     * @throws WorkspaceException if the workspace is lost or cannot be read
     * @throws InterruptedException if the thread was interrupted
     */
    Fingerprint fingerprint() throws InterruptedException;

    /**
     * Takes the lock that lets one run at a time use this workspace. Runs in other processes, and all that use the same
     * git working tree, honour it. Does not wait.
     *
     * @param holder who asks
     * @return the lock, or who has it
     * @throws WorkspaceException if the lock file cannot be made or locked
     */
    WorkspaceLock.Attempt tryLock(LockHolder holder);
}
