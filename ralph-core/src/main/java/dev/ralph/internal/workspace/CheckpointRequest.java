/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.Objects;

/**
 * For what a checkpoint is made.
 *
 * @param runId the run; letters, digits and hyphens
 * @param lease what tells this owner of the run from earlier and later ones; letters, digits and hyphens
 * @param iteration the last iteration, or 0 before the first
 * @param kind why
 */
public record CheckpointRequest(String runId, String lease, int iteration, Checkpoint.Kind kind) {

    /** Checks the values. */
    public CheckpointRequest {
        requireName("runId", runId);
        requireName("lease", lease);
        Objects.requireNonNull(kind, "kind");
        if (iteration < 0) {
            throw new IllegalArgumentException("iteration: " + iteration + " is negative. Use 0 or more.");
        }
    }

    /** A name that is safe as a part of a reference. */
    static void requireName(String field, String value) {
        if (!value.matches("[A-Za-z0-9][A-Za-z0-9-]{0,127}")) {
            throw new IllegalArgumentException(field + ": '" + value
                    + "' cannot be part of a git reference. Use 1 to 128 letters, digits and hyphens.");
        }
    }
}
