/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import org.jspecify.annotations.Nullable;

/** The prompt cannot be used: its file is missing, empty, too large, not UTF-8 or outside the workspace. */
public final class InvalidPromptException extends RalphException {

    private static final long serialVersionUID = 1L;

    public InvalidPromptException(String message) {
        super(message);
    }

    public InvalidPromptException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
