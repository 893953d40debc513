/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.List;

/**
 * What making a checkpoint gave.
 *
 * @param checkpoint the new checkpoint, or the last one if nothing changed since
 * @param unchanged whether nothing changed since the last checkpoint of the run
 * @param leftOut files that are in no checkpoint although no ignore rule names them
 */
public record CheckpointResult(Checkpoint checkpoint, boolean unchanged, List<LeftOut> leftOut) {

    /** Copies the list. */
    public CheckpointResult {
        leftOut = List.copyOf(leftOut);
    }

    /** The first {@code max} files that are left out, for people: path and reason. */
    public List<String> describeLeftOut(int max) {
        return leftOut.stream().limit(max).map(LeftOut::describe).toList();
    }
}
