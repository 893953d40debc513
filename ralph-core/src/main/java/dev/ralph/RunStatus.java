/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

/** Where a run stands. {@link #COMPLETED}, {@link #STOPPED} and {@link #FAILED} are final. */
public enum RunStatus {
    /** Waiting for a node to take it up; no runtime is counted. */
    QUEUED,
    /** A node works on it. */
    RUNNING,
    /** Nothing to do until a time: back-off, a rate limit, a shared budget. Holds no thread; runtime is counted. */
    WAITING,
    /** Paused by command until resumed or cancelled; no runtime is counted. */
    PAUSED,
    /** Ended with {@link StopReason#COMPLETED}. */
    COMPLETED,
    /** Ended by a limit, a no-progress rule or a cancellation. */
    STOPPED,
    /** Ended because it could not go on. */
    FAILED;

    /** Whether a run in this status can never change again. */
    public boolean isFinal() {
        return this == COMPLETED || this == STOPPED || this == FAILED;
    }
}
