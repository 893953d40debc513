/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.RalphException;
import dev.ralph.RunId;

/**
 * A step was sent, and its answer lost; repeating it failed for good. Whether it is committed is not known, so no other step
 * may be tried in its place: the row has to be read again.
 */
final class UnansweredStepException extends RalphException {

    private static final long serialVersionUID = 1;

    UnansweredStepException(RunId run, RuntimeException cause) {
        super("a step of run " + run + " was not answered, and could not be repeated: " + cause.getMessage(), cause);
    }
}
