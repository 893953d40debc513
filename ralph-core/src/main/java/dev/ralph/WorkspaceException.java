/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import org.jspecify.annotations.Nullable;

/** The workspace cannot be used, or an operation on it failed; the message says which and what to do. */
public class WorkspaceException extends RalphException {

    private static final long serialVersionUID = 1L;

    public WorkspaceException(String message) {
        super(message);
    }

    public WorkspaceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
