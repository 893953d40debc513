/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.event.StateEvent;
import java.util.List;

/**
 * A run that was set going.
 *
 * @param run the run
 * @param after its events up to this one were shown before, by whoever worked on it
 */
public record Started(Run run, long after) {

    private static final int BATCH = 500;

    /** Goes on with a run. What happened so far counts as shown. */
    public static Started resuming(Orchestrator orchestrator, Run run) {
        long last = 0;
        List<StateEvent> batch = run.events(last, BATCH);
        while (!batch.isEmpty()) {
            last = batch.get(batch.size() - 1).seq();
            batch = run.events(last, BATCH);
        }
        return new Started(orchestrator.resume(run.id()), last);
    }
}
