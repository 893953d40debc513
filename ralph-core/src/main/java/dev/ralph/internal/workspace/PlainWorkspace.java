/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.nio.file.Path;

/** A workspace without git: changes are seen by looking at the files, and there are no checkpoints. */
public final class PlainWorkspace implements Workspace {

    static final String PRIVATE_DIRECTORY = ".ralph";

    private final Path directory;
    private final Path privateDirectory;
    private final WorkspaceOptions options;

    PlainWorkspace(Path directory, Path privateDirectory, WorkspaceOptions options) {
        this.directory = directory;
        this.privateDirectory = privateDirectory;
        this.options = options;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Fingerprint fingerprint() throws InterruptedException {
        WorkspaceOpener.requireDirectory(directory);
        return FileTreeFingerprint.of(directory, options);
    }

    @Override
    public WorkspaceLock.Attempt tryLock(LockHolder holder) {
        WorkspaceOpener.requireDirectory(directory);
        if (privateDirectory.startsWith(directory)) {
            PrivateFiles.ignoreByGit(PrivateFiles.makeDirectory(privateDirectory));
        }
        return WorkspaceLock.tryAcquire(privateDirectory, holder);
    }

    @Override
    public String toString() {
        return "PlainWorkspace[" + directory + "]";
    }
}
