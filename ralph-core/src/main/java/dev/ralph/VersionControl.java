/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

/** Whether git is used in the workspaces of a node. */
public enum VersionControl {
    /** Git if the workspace is in a repository, else none. */
    AUTO,
    /** Git; a workspace in no repository is an error. */
    GIT,
    /**
     * No git, even in a repository, and none needed on the host: no checkpoints, no rollback; changes are seen by looking
     * at the files.
     */
    NONE
}
