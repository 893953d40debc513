/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import dev.ralph.RalphException;
import org.jspecify.annotations.Nullable;

/** A process could not be started. Nothing of it is left running. */
public final class ProcessStartException extends RalphException {

    private static final long serialVersionUID = 1L;

    /** What stood in the way. */
    public enum Reason {
        /** There is no such program. */
        NOT_FOUND,
        /** The program is there, but this user may not execute it. */
        NOT_EXECUTABLE,
        /** The working directory is missing, not a directory or closed to this user. */
        BAD_DIRECTORY,
        /** The file for standard input is missing or closed to this user. */
        BAD_INPUT,
        /** The operating system refused: arguments too long, out of processes or memory, containment no longer works. */
        OTHER
    }

    private final Reason reason;

    ProcessStartException(Reason reason, String message) {
        this(reason, message, null);
    }

    ProcessStartException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
