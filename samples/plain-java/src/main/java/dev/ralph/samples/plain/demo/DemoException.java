/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.demo;

import dev.ralph.RalphException;
import org.jspecify.annotations.Nullable;

/** The demo's project cannot be made; the message says why. */
public final class DemoException extends RalphException {

    private static final long serialVersionUID = 1L;

    public DemoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
