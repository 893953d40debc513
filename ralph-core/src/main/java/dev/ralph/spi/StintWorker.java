/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.RunId;

/** Works runs; core's side of a {@link Dispatcher}. */
@FunctionalInterface
public interface StintWorker {

    /**
     * Works the run until it has ended, must wait, or is handed back. Blocks for hours; throws nothing. Called again for a
     * run at work on this node, it returns {@link StintEnd.Busy} at once.
     */
    StintEnd work(RunId run);
}
