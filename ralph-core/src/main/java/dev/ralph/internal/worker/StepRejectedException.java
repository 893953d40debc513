/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.RalphException;
import dev.ralph.internal.machine.Transition;
import java.util.Objects;

/** The store refused a step for good, or it could not be written down: it is dropped, and the run stands as it did before. */
final class StepRejectedException extends RalphException {

    private static final long serialVersionUID = 1L;

    private final transient Transition dropped;

    StepRejectedException(Transition dropped, RuntimeException why) {
        super("a step could not be stored: " + Objects.requireNonNullElse(why.getMessage(), why.toString()), why);
        this.dropped = dropped;
    }

    /** What was to be committed. */
    Transition dropped() {
        return dropped;
    }
}
