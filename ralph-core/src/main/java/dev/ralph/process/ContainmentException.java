/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import dev.ralph.RalphException;

/** None of the containment mechanisms that the launcher may use works on this host; the message says why. */
public final class ContainmentException extends RalphException {

    private static final long serialVersionUID = 1L;

    ContainmentException(String message) {
        super(message);
    }
}
