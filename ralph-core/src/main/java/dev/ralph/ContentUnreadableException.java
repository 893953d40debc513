/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

/**
 * Sealed content cannot be opened: its key is not among those the store was given, it was erased, or the bytes are not those
 * that were sealed there. Repeating the call does not help.
 */
public class ContentUnreadableException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** Names what cannot be read and why; never content. */
    public ContentUnreadableException(String message) {
        super(message);
    }

    /** As above, with the cause. */
    public ContentUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
