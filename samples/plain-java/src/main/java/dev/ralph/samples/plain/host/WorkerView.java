/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.event.RunListener;

/** Shows what a worker does; is told the events of all runs it works on. Thread-safe. */
public interface WorkerView extends RunListener {

    /**
     * The worker has joined.
     *
     * @param node its name
     * @param database where the queue is, for people
     * @param parallelRuns how many runs it works on at once
     */
    void begin(String node, String database, int parallelRuns);

    /** Something the user should know that is not an event of a run. */
    void notice(String text);

    /**
     * The last call.
     *
     * @param clean whether no iteration was cut off
     */
    void end(boolean clean);
}
