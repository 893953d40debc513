/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import org.jspecify.annotations.Nullable;

/** The store could not do what was asked. Whether it happened is unknown unless the message says so; repeating is safe. */
public class StoreException extends RalphException {

    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
