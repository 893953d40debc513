/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.util.List;

/**
 * What a rollback did.
 *
 * @param checkpoint number of the checkpoint the workspace was restored to
 * @param before commit that holds the state before; on the hidden ref {@code refs/ralph/<run>/<lease>/safety}
 * @param changedFiles how many files were written or removed
 * @param kept paths that were left as they were although the checkpoint differs: ignored files, and files in whose place
 *     something stands that no checkpoint holds
 */
public record RollbackReport(int checkpoint, String before, int changedFiles, List<String> kept) {

    public RollbackReport {
        kept = List.copyOf(kept);
    }
}
