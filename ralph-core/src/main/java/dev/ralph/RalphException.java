/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Root of everything Ralph throws. Unchecked; the message names the value and the fix. */
public abstract class RalphException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    protected RalphException(String message) {
        super(message);
    }

    protected RalphException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What went wrong, with the value and the fix. */
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }
}
