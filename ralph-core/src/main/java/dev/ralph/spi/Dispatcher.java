/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.health.HealthSource;
import java.time.Duration;

/**
 * Decides on which node and thread a run is worked. The store is the state of record under every dispatcher: a
 * dispatcher that works a run twice at once wastes effort, but cannot harm it. Thread-safe. The contract kit in
 * {@code ralph-tck} tests what stands here.
 */
public interface Dispatcher extends HealthSource, AutoCloseable {

    /**
     * Begins to work runs. Called once, before anything else. May block for a few statements if the queue is in a database.
     *
     * @throws dev.ralph.ConfigurationException if it cannot serve this orchestrator, for instance with its store
     */
    void start(DispatchContext context);

    /**
     * Queues a run. Called after {@link Store#create}; a dispatcher whose queue is in the store has the entry by then.
     * Queueing a queued run changes nothing. Runs of a higher priority go first, then the one that came first; a
     * dispatcher may let those go first that have begun.
     */
    void submit(QueuedRun run);

    /**
     * Something changed that a run may have waited for: work it soon, even if its time has not come. If it is at work, it
     * is worked again after that, so that no change is overlooked.
     */
    void wake(QueuedRun run);

    /** How many runs are due here and not worked on; of the whole queue if nodes share one. */
    int queued();

    /**
     * Whether other nodes work runs of the same queue. Then a run does not stay on its node: it gives its workspace back
     * while it waits, and what keeps other runs out of the workspace meanwhile is the queue.
     */
    default boolean distributes() {
        return false;
    }

    /** Whether this node works runs; one that only submits and follows them needs no agents to be well. Always the same. */
    default boolean works() {
        return true;
    }

    /**
     * Starts no more stints and waits for those at work, which the worker asks to come to an end. May be called again, to
     * wait longer.
     *
     * @return whether all came to their end in time
     */
    boolean drain(Duration timeout) throws InterruptedException;

    /** Frees threads. Called once, after {@link #drain}; does not wait for stints that did not come to their end. */
    @Override
    void close();
}
