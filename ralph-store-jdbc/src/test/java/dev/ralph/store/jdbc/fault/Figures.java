/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;

/** What a fault showed. Thread-safe. */
public final class Figures {

    private final List<String> figures = new ArrayList<>();

    public synchronized Figures add(String name, Object value) {
        figures.add(value + " " + name);
        return this;
    }

    /** A span of times, in seconds. */
    public synchronized Figures addMillis(String name, LongSummaryStatistics millis) {
        figures.add("%s %.1f to %.1f s".formatted(name, millis.getMin() / 1000.0, millis.getMax() / 1000.0));
        return this;
    }

    @Override
    public synchronized String toString() {
        return String.join("; ", figures);
    }
}
