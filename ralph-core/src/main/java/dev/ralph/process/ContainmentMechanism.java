/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

/** How a process tree is contained, from the strongest to the weakest. */
public enum ContainmentMechanism {
    /** PID namespace made by bubblewrap. It also denies new privileges: {@code sudo} does not work inside. */
    BWRAP(ContainmentLevel.PID_NAMESPACE, true),
    /** PID namespace made by {@code unshare} of util-linux. */
    UNSHARE(ContainmentLevel.PID_NAMESPACE, true),
    /** Session of its own, and the marker {@code RALPH_PROCESS} looked for in {@code /proc}. */
    MARKER(ContainmentLevel.PROCESS_TREE, true),
    /** Process group of its own, made by the shell's job control. */
    GROUP(ContainmentLevel.BEST_EFFORT, true),
    /** No supervisor: the JVM kills the descendants it sees. A JVM that is killed leaves them all behind. */
    HANDLES(ContainmentLevel.BEST_EFFORT, false);

    private final ContainmentLevel level;
    private final boolean supervised;

    ContainmentMechanism(ContainmentLevel level, boolean supervised) {
        this.level = level;
        this.supervised = supervised;
    }

    public ContainmentLevel level() {
        return level;
    }

    /** Whether a supervisor ends the processes when the JVM dies or is stopped. */
    public boolean supervised() {
        return supervised;
    }
}
