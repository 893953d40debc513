/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import org.jspecify.annotations.Nullable;

/** The orchestrator is closing or closed and takes no more work. */
public final class OrchestratorClosedException extends RalphException {

    private static final long serialVersionUID = 1L;

    public OrchestratorClosedException(String message) {
        super(message);
    }

    public OrchestratorClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
