/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import org.jspecify.annotations.Nullable;

/** An artifact could not be written, read or deleted. Repeating is safe. */
public class ArtifactException extends RalphException {

    private static final long serialVersionUID = 1L;

    public ArtifactException(String message) {
        super(message);
    }

    public ArtifactException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
