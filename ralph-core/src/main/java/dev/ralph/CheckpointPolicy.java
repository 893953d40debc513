/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

/**
 * When the workspace is checkpointed: after every {@code every}-th recorded iteration and at the end, each time only if
 * it changed since the last checkpoint.
 *
 * @param every iterations between checkpoints; 0 switches checkpoints off; 1 where the workspace may move between nodes. A workspace that is not in a git repository
 *     is never checkpointed
 */
public record CheckpointPolicy(int every) {

    public static final CheckpointPolicy EVERY_ITERATION = new CheckpointPolicy(1);

    public static final CheckpointPolicy OFF = new CheckpointPolicy(0);

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if {@code every} is negative
     */
    public CheckpointPolicy {
        Check.inRange("checkpoints.every", every, 0, 100_000);
    }
}
