/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

/** Why a caller stopped a process. It changes nothing about how the process is stopped; it is told in the result. */
public enum StopCause {
    /** Somebody no longer wants the result. */
    CANCELLED,
    /** A limit of tokens or cost was reached while the process worked. */
    LIMIT_REACHED,
    /** The host no longer owns the work. */
    LEASE_LOST,
    /** The host shuts down. */
    SHUTDOWN,
    /** The thread that waited for the process was interrupted. */
    INTERRUPTED,
    /** It had printed its final result and did not end. */
    LINGERED
}
