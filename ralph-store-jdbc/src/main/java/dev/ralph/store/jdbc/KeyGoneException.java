/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

/** The key that something was sealed with is gone by now: it is to be sealed with another one, from the beginning. */
final class KeyGoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyGoneException() {
        super("the data key was destroyed just now; nothing was written", null, false, false);
    }
}
