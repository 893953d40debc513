/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.util.List;

/**
 * What {@link Privacy#erase} did.
 *
 * @param runs how many runs the store erased
 * @param outputs full outputs that were deleted
 * @param checkpoints checkpoints that were deleted
 * @param unreached what has to be deleted elsewhere, by hand; empty if all was reached
 */
public record Erasure(int runs, int outputs, int checkpoints, List<Unreached> unreached) {

    public Erasure {
        unreached = List.copyOf(unreached);
    }
}
