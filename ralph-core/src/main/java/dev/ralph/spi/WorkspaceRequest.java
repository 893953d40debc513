/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.CheckpointRecord;
import dev.ralph.RunId;
import dev.ralph.WorkspaceRef;
import org.jspecify.annotations.Nullable;

/**
 * Which workspace a node asks for.
 *
 * @param run the run
 * @param ref what its spec says
 * @param place the {@link PreparedWorkspace#place} it was worked in last, or null: in none yet, or it does not move
 * @param last the last checkpoint that is recorded, which was published before that, or null if there is none
 */
public record WorkspaceRequest(
        RunId run,
        WorkspaceRef ref,
        @Nullable String place,
        @Nullable CheckpointRecord last) {}
