/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

/**
 * What was started.
 *
 * @param process the direct child of the JVM: the supervisor, or the command where there is none
 * @param isolation how it is contained
 * @param marker what marks its environment and that of its descendants
 * @param files its private folder
 * @param control how it is told things
 * @param survivors how to find what is left of it
 */
record RunningProcess(
        Process process, Isolation isolation, String marker, ProcessFiles files, Control control, Survivors survivors) {

    boolean supervised() {
        return isolation.mechanism().supervised();
    }
}
