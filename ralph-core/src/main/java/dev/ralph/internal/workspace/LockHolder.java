/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.RunId;
import java.time.Instant;
import java.util.Objects;

/**
 * Who holds a workspace, for the message to those who wait.
 *
 * @param run the run
 * @param pid the process id of the JVM, in its own view
 * @param since when the lock was asked for
 */
public record LockHolder(RunId run, long pid, Instant since) {

    /** Checks the values. */
    public LockHolder {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(since, "since");
    }

    /**
     * This process on behalf of a run.
     *
     * @param run the run
     * @param since now
     * @return the holder
     */
    public static LockHolder thisProcess(RunId run, Instant since) {
        return new LockHolder(run, ProcessHandle.current().pid(), since);
    }
}
