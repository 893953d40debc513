/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.SQLException;

/** A shared database file cannot be used. The message is for users, and tells nothing of data. */
final class SharedFileException extends SQLException {

    private static final long serialVersionUID = 1L;

    private final boolean temporary;

    private SharedFileException(String message, boolean temporary, Throwable cause) {
        super(message, cause);
        this.temporary = temporary;
    }

    private SharedFileException(String message) {
        super(message);
        this.temporary = true;
    }

    /** Another process has it open for longer than a call waits. */
    static SharedFileException held(String message) {
        return new SharedFileException(message);
    }

    /** What is in it cannot be read. */
    static SharedFileException damaged(String message, SQLException cause) {
        return new SharedFileException(message, false, cause);
    }

    /** Whether it may help to try again. */
    boolean isTemporary() {
        return temporary;
    }
}
