/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.OnInterrupted;
import org.jspecify.annotations.Nullable;

/**
 * What a node's runs are submitted with beside what all are.
 *
 * @param budget the shared budget they draw from, or null
 * @param onInterrupted what becomes of half-done edits
 */
record RunTerms(@Nullable String budget, OnInterrupted onInterrupted) {

    static final RunTerms PLAIN = new RunTerms(null, OnInterrupted.CONTINUE);

    static RunTerms parse(String text) {
        String[] parts = text.split(":", -1);
        return new RunTerms(parts[0].isEmpty() ? null : parts[0], OnInterrupted.valueOf(parts[1]));
    }

    @Override
    public String toString() {
        return (budget == null ? "" : budget) + ":" + onInterrupted;
    }
}
