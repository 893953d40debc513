/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.time.Instant;
import java.util.Objects;

/**
 * Who holds a workspace, for the message to those who wait.
 *
 * @param runId the run
 * @param pid the process id of the JVM, in its own view
 * @param since when the lock was asked for
 */
public record LockHolder(String runId, long pid, Instant since) {

    /** Checks the values. */
    public LockHolder {
        Objects.requireNonNull(since, "since");
        if (!runId.matches("[A-Za-z0-9._-]{1,128}")) {
            throw new IllegalArgumentException(
                    "runId: '" + runId + "' is not an id. Use 1 to 128 letters, digits, '.', '_' and '-'.");
        }
    }

    /**
     * This process on behalf of a run.
     *
     * @param runId the run
     * @param since now
     * @return the holder
     */
    public static LockHolder thisProcess(String runId, Instant since) {
        return new LockHolder(runId, ProcessHandle.current().pid(), since);
    }
}
