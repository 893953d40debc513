/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.Run;
import dev.ralph.event.StateEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run that was set going.
 *
 * @param run the run
 * @param after its events up to this one were shown before, by whoever worked on it
 * @param notice what the user should know about it, or null
 */
public record Started(Run run, long after, @Nullable String notice) {

    private static final int BATCH = 500;

    /** A run from its first event on. */
    public static Started anew(Run run) {
        return new Started(run, 0, null);
    }

    /**
     * Goes on with a run. What happened so far counts as shown.
     *
     * @throws dev.ralph.RunStateException if another process of this host works on it
     */
    public static Started resuming(Host host, Run run) {
        host.requireFree(run);
        String owner = host.ownerElsewhere(run);
        long last = lastEvent(run);
        return new Started(
                host.orchestrator().resume(run.id()),
                last,
                owner == null
                        ? null
                        : "Node " + owner
                                + " has it. If that died, this process goes on once its lease has run out; if not,"
                                + " this shows what it does.");
    }

    /** Number of the last event of a run there is by now. */
    public static long lastEvent(Run run) {
        long last = 0;
        List<StateEvent> batch = run.events(last, BATCH);
        while (!batch.isEmpty()) {
            last = batch.get(batch.size() - 1).seq();
            batch = run.events(last, BATCH);
        }
        return last;
    }
}
