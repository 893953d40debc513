/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import org.jspecify.annotations.Nullable;

/** No run has this id or task id. */
public final class RunNotFoundException extends RalphException {

    private static final long serialVersionUID = 1L;

    public RunNotFoundException(String message) {
        super(message);
    }

    public RunNotFoundException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
