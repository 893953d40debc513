/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import org.jspecify.annotations.Nullable;

/** The orchestrator cannot be built as configured: a provider is missing, doubled or refuses its settings. */
public final class ConfigurationException extends RalphException {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
