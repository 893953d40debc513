/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import java.time.Duration;

/**
 * Decides on which node and thread a run is worked. The store is the state of record under every dispatcher: a
 * dispatcher that works a run twice at once wastes effort, but cannot harm it. Thread-safe.
 */
public interface Dispatcher extends AutoCloseable {

    /** Begins to work runs by calling {@code worker}. Called once. */
    void start(StintWorker worker);

    /**
     * Queues a run. Called after {@link Store#create}; a dispatcher whose queue is in the store has the entry by then and
     * does nothing. Queueing a queued run changes nothing.
     */
    void submit(QueuedRun run);

    /** Something changed that a run may have waited for: work it soon, even if its time has not come. */
    void wake(QueuedRun run);

    /** How many runs are queued here and not worked on. */
    int queued();

    /**
     * Starts no more stints and waits for those at work, which the worker asks to come to an end.
     *
     * @return whether all came to their end in time
     */
    boolean drain(Duration timeout) throws InterruptedException;

    /** Frees threads. Called once, after {@link #drain}. */
    @Override
    void close();
}
