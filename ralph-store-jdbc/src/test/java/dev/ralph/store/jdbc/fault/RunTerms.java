/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.OnInterrupted;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a node's runs are submitted with beside what all are.
 *
 * @param budget the shared budget they draw from, or null
 * @param onInterrupted what becomes of half-done edits
 * @param backOff how long they wait after a failure at first, and up to twice as long
 */
record RunTerms(@Nullable String budget, OnInterrupted onInterrupted, Duration backOff) {

    static final RunTerms PLAIN = new RunTerms(null, OnInterrupted.CONTINUE, Duration.ofMillis(20));

    static RunTerms parse(String text) {
        String[] parts = text.split(":", -1);
        return new RunTerms(
                parts[0].isEmpty() ? null : parts[0],
                OnInterrupted.valueOf(parts[1]),
                Duration.ofMillis(Long.parseLong(parts[2])));
    }

    @Override
    public String toString() {
        return (budget == null ? "" : budget) + ":" + onInterrupted + ":" + backOff.toMillis();
    }
}
