/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.Run;
import dev.ralph.event.RunEvent;
import dev.ralph.event.RunListener;
import dev.ralph.event.StateEvent;
import java.util.List;

/** Passes each state event on once, in order, and nothing after the end. Thread-safe. */
final class InOrder implements RunListener {

    private static final int BATCH = 500;

    private final RunListener listener;
    private long last;
    private boolean finished;

    /**
     * Begins.
     *
     * @param after events up to this one are not passed on
     */
    InOrder(long after, RunListener listener) {
        this.listener = listener;
        this.last = after;
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (finished) {
            return;
        }
        if (event instanceof StateEvent state) {
            if (state.seq() <= last) {
                return;
            }
            last = state.seq();
        }
        listener.on(event);
    }

    /** Passes on what is stored and was not delivered yet; what is delivered later is dropped. */
    synchronized void finish(Run run) {
        List<StateEvent> rest = run.events(last, BATCH);
        while (!rest.isEmpty()) {
            rest.forEach(this::on);
            rest = run.events(last, BATCH);
        }
        finished = true;
    }
}
