/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the queue as it was picked.
 *
 * @param run the run's id
 * @param version of the entry: whoever changes it raises it
 * @param inVain stints in a row that could not do anything
 */
record QueueEntry(String run, long version, int inVain) {

    /**
     * What becomes of an entry after a stint.
     *
     * @param delay when it is due again, or null: only when woken; then the run gives its workspace back
     * @param blocked whether it waits for its workspace, and is due when that is given back
     * @param inVain whether the stint could not do anything
     * @param taskName its new name, or null to keep the one it has
     */
    record Next(
            @Nullable Duration delay,
            boolean blocked,
            boolean inVain,
            @Nullable String taskName) {

        static Next parked(@Nullable Duration delay) {
            return new Next(delay, false, false, null);
        }

        static Next again(Duration delay) {
            return new Next(delay, false, true, null);
        }

        static Next blocked(Duration delay) {
            return new Next(delay, true, true, null);
        }

        /** Due now for whoever can read this version of state. */
        static Next elsewhere(int stateVersion) {
            return new Next(Duration.ZERO, false, true, RunQueue.taskName(stateVersion));
        }
    }
}
