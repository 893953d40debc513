/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

/**
 * What a new owner does with edits the interrupted attempt left half-done in the workspace. In a workspace that has moved to
 * another node they are gone, and the last checkpoint is restored in any case.
 */
public enum OnInterrupted {
    /** Leaves them for the agent to go on from. */
    CONTINUE,
    /**
     * Restores the last checkpoint; the present state is kept in a checkpoint of its own first. If a recorded iteration
     * could not be checkpointed, nothing is restored: that would undo it.
     */
    ROLLBACK
}
