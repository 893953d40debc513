/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

/** How a process came to its end. */
public enum ProcessEnd {
    /** It ended by itself, successfully or not. */
    EXITED,
    /** It was stopped because it reached {@link ProcessTimeouts#wall}. */
    WALL_TIMEOUT,
    /** It was stopped because it printed nothing for {@link ProcessTimeouts#idle}. */
    IDLE_TIMEOUT,
    /** It was stopped by {@link ContainedProcess#terminate}. */
    TERMINATED,
    /** It was stopped by {@link ContainedProcess#kill}. */
    KILLED,
    /** Its supervisor was killed or died; the process and all it started were killed after it. */
    SUPERVISOR_LOST,
    /** The supervisor heard nothing from this JVM for the keep-alive time (it was stopped or hung) and killed it. */
    HOST_SILENT
}
