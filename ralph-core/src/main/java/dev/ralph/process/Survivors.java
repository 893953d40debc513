/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Finds and kills what is left of a process that should be over. Used by one thread. */
sealed interface Survivors permits MarkedProcesses, ObservedProcesses {

    long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Looks at the tree while it is whole. */
    void observe();

    /** Those alive now. */
    List<ProcessHandle> alive();

    /** Kills until none is alive or time is up; says how many are left. */
    default int killAll(long nanos) {
        long deadline = System.nanoTime() + nanos;
        while (true) {
            List<ProcessHandle> left = alive();
            if (left.isEmpty()) {
                return 0;
            }
            left.forEach(ProcessHandle::destroyForcibly);
            if (System.nanoTime() - deadline > 0) {
                return left.size();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
