/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

/**
 * A key that has just been issued or rotated: the only time its text is told.
 *
 * @param key what to send as bearer token
 * @param details the key without its secret
 */
public record IssuedKey(String key, ApiKey details) {

    /** Without the secret, which must not come into a log. */
    @Override
    public String toString() {
        return "IssuedKey[ralph_" + details.id() + "_…]";
    }
}
