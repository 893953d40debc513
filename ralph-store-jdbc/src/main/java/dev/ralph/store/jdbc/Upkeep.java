/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

/**
 * What was done about keys.
 *
 * @param count how many
 * @param complete false if something was left, of which the log tells
 */
record Upkeep(int count, boolean complete) {

    static final Upkeep NOTHING = new Upkeep(0, true);

    Upkeep and(int more, boolean all) {
        return new Upkeep(count + more, complete && all);
    }
}
