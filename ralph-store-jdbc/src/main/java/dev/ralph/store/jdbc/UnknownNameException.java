/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.StoreException;

/** A newer node wrote a name that this one does not know. */
final class UnknownNameException extends StoreException {

    private static final long serialVersionUID = 1L;

    UnknownNameException(String message, Throwable cause) {
        super(message, cause);
    }
}
