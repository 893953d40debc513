/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;

/**
 * For what a checkpoint is made.
 *
 * @param run the run
 * @param lease what tells this owner of the run from earlier and later ones: letters, digits and hyphens
 * @param number the checkpoint's number within the run
 * @param iteration the last iteration it contains, or 0 before the first
 * @param kind why it is made
 */
public record CheckpointRequest(RunId run, String lease, int number, int iteration, Checkpoint.Kind kind) {

    private static final int MAX_LEASE = 128;

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if a number is negative or the lease cannot be part of a reference
     */
    public CheckpointRequest {
        if (!lease.matches("[A-Za-z0-9][A-Za-z0-9-]*") || lease.length() > MAX_LEASE) {
            throw new InvalidValueException(
                    "lease", lease, "cannot be part of a git reference; use 1 to 128 letters, digits and hyphens");
        }
        if (number < 0) {
            throw new InvalidValueException("number", number, "is negative; use 0 or more");
        }
        if (iteration < 0) {
            throw new InvalidValueException("iteration", iteration, "is negative; use 0 or more");
        }
    }
}
