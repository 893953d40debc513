/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.InvalidValueException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * What a dispatcher works with.
 *
 * @param worker works one run at a time for each call
 * @param store where the runs are; a dispatcher whose queue is in it asks {@link Store#unwrap} for what it needs
 * @param node the name of this node, unique among those that share the store
 * @param maxParallelRuns stints at work at once, 1 or more
 * @param executor runs stints; the caller ends it. It may refuse one, or run it on the calling thread
 * @param stateVersions the versions of state this node can read
 * @param leaseTtl how long this node's hold on a run lasts without renewal: what bounds a takeover
 */
public record DispatchContext(
        StintWorker worker,
        Store store,
        String node,
        int maxParallelRuns,
        Executor executor,
        Set<Integer> stateVersions,
        Duration leaseTtl) {

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if no run may be at work
     */
    public DispatchContext {
        if (maxParallelRuns < 1) {
            throw new InvalidValueException("maxParallelRuns", maxParallelRuns, "must be 1 or more");
        }
        stateVersions = Set.copyOf(stateVersions);
    }
}
