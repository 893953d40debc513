/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.SQLTransientConnectionException;

/** Another process has had a shared database file open for longer than a call may wait. The message is for users. */
final class FileHeldException extends SQLTransientConnectionException {

    private static final long serialVersionUID = 1L;

    FileHeldException(String message) {
        super(message);
    }
}
