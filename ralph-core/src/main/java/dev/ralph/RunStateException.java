/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import org.jspecify.annotations.Nullable;

/** The run is in a status that does not allow what was asked. */
public final class RunStateException extends RalphException {

    private static final long serialVersionUID = 1L;

    public RunStateException(String message) {
        super(message);
    }

    public RunStateException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
