/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.List;

/**
 * What a rollback did.
 *
 * @param target the restored checkpoint
 * @param safety the checkpoint of the state before the rollback; rolling back to it undoes the rollback
 * @param changedFiles how many files were written or removed
 * @param kept paths that were left as they are, because what is there now is in no checkpoint and would have been lost
 */
public record RollbackResult(Checkpoint target, CheckpointResult safety, int changedFiles, List<String> kept) {

    /** Copies the list. */
    public RollbackResult {
        kept = List.copyOf(kept);
    }
}
