/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.event;

/** Is told what happens in runs. */
@FunctionalInterface
public interface RunListener {

    /**
     * Called with one event at a time, never concurrently for one subscription, on a thread that is not the run's. An
     * exception is logged and counted and changes nothing else. The same state event may come twice: compare
     * {@link StateEvent#seq}.
     */
    void on(RunEvent event);
}
