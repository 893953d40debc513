/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import java.util.function.LongSupplier;

/**
 * A cache of two tiers as one process has it, of numbers by which sources count their changes. A value takes as much room as a
 * run does. Thread-safe.
 */
interface CacheNode extends AutoCloseable {

    /** What the cache answers; it asks the source for what it does not have. */
    long read(String key, LongSupplier source);

    /** Tells the cache that the source counts so many changes of the key now. */
    void changed(String key, long changes);

    /** Whether this process holds the key in its own memory. */
    boolean holds(String key);

    /** Drops what this process holds of the key in its own memory; what processes share stays. */
    void forget(String key);

    @Override
    void close();
}
