/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.util.Locale;

/**
 * Something of a run that could not be deleted, or not be found, on this node.
 *
 * @param run of which run
 * @param what what it is
 * @param where where to look for it: a directory and git references, an artifact's names, a node
 * @param why why it was not reached
 */
public record Unreached(RunId run, What what, String where, String why) {

    /** What was not reached. */
    public enum What {
        /** Full outputs in an artifact store. */
        OUTPUTS,
        /** Commits on hidden git references, in the workspace's repository or the remote. */
        CHECKPOINTS,
        /** A copy of the workspace that a node made for the run. */
        CLONE
    }

    /** A message for people. */
    @Override
    public String toString() {
        return "run " + run + ": " + what.name().toLowerCase(Locale.ROOT) + " in " + where + ": " + why;
    }
}
