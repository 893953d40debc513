/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.util.List;

/**
 * What {@link Privacy#purge} did.
 *
 * @param runs how many runs the store removed
 * @param outputs full outputs that were deleted
 * @param checkpoints checkpoints that were deleted
 * @param unreached what may be left elsewhere; empty if all was reached
 */
public record Purge(int runs, int outputs, int checkpoints, List<Unreached> unreached) {

    public Purge {
        unreached = List.copyOf(unreached);
    }
}
