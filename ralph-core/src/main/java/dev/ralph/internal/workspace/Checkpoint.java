/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.RunId;
import java.time.Instant;

/**
 * A stored state of a workspace.
 *
 * @param commit the commit's id; this is what a record of an iteration keeps
 * @param reference the hidden reference that keeps the commit, or empty if it was found by its id alone
 * @param tree the tree's id: equal for equal content
 * @param run the run
 * @param lease the lease under which it was made
 * @param order its place among all checkpoints of the run, from 1
 * @param number the number it was asked for under
 * @param iteration the last iteration it contains
 * @param kind why it was made
 * @param head the commit on which the user's branch stood, or empty if there was none
 * @param branch the full name of the branch, or empty if none was checked out
 * @param scope the workspace relative to the top of the working tree, or empty if it is the top
 * @param created when
 */
public record Checkpoint(
        String commit,
        String reference,
        String tree,
        RunId run,
        String lease,
        int order,
        int number,
        int iteration,
        Kind kind,
        String head,
        String branch,
        String scope,
        Instant created) {

    /** Why a checkpoint was made. */
    public enum Kind {
        /** Before the first iteration, after one, or at the end. */
        ITERATION,
        /** Before a rollback, so that it loses nothing. */
        SAFETY
    }
}
