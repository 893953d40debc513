/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

/** What becomes of the processes that a contained process started, from the strongest guarantee to the weakest. */
public enum ContainmentLevel {
    /**
     * The process lives in a PID namespace of its own. The kernel kills everything in it when the process ends or when
     * the JVM dies. Nothing survives. Work handed to a daemon outside, such as a container engine, is not in the
     * namespace.
     */
    PID_NAMESPACE,
    /**
     * The process has a session of its own and carries a marker in its environment, by which processes that left the
     * session are found. Survives: a process that left the session <em>and</em> cleared its environment, and one that
     * runs as another user.
     */
    PROCESS_TREE,
    /**
     * The process group, where there is one, and the descendants the JVM can see are killed. Survives: a process whose
     * parent ended before it and that left the group. {@link ContainmentReport} says whether the tree is also killed when
     * the JVM dies.
     */
    BEST_EFFORT
}
