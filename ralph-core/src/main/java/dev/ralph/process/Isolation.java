/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.util.List;

/**
 * One way to put a command into containment.
 *
 * @param mechanism what it is
 * @param prefix what comes before the supervisor on the command line
 */
record Isolation(ContainmentMechanism mechanism, List<String> prefix) {

    Isolation {
        prefix = List.copyOf(prefix);
    }

    /** The supervisor's word for how far the tree reaches. */
    String scope() {
        return switch (mechanism) {
            case BWRAP, UNSHARE -> "namespace";
            case MARKER -> "marker";
            case GROUP, HANDLES -> "group";
        };
    }

    /** Whether its supervisor itself finds whatever is left, as far as the mechanism goes. */
    boolean findsAll() {
        return ownSession();
    }

    /** Whether {@code setsid} gives the command a session of its own; else the shell's job control makes a group. */
    boolean ownSession() {
        return mechanism.level() != ContainmentLevel.BEST_EFFORT;
    }
}
