/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/**
 * Invalidations that Redis does not know of yet, because it could not be told: until it does, it is not asked for these keys.
 * Thread-safe.
 */
final class PendingChanges {

    private static final int MOST = 1000;

    private final Map<String, Long> keys = new ConcurrentHashMap<>();
    private volatile long everything;

    /** A key is out of date below a version. */
    void add(String key, long version) {
        keys.merge(key, version, Math::max);
        if (keys.size() > MOST) {
            addAll();
        }
    }

    /** Everything is. */
    synchronized void addAll() {
        everything++;
        keys.clear();
    }

    boolean contains(String key) {
        return everything != 0 || (!keys.isEmpty() && keys.containsKey(key));
    }

    int size() {
        return everything != 0 ? Integer.MAX_VALUE : keys.size();
    }

    /** Tells Redis, until it does not answer. */
    void flush(BooleanSupplier empty, BiPredicate<String, Long> outdate) {
        long all = everything;
        if (all != 0) {
            if (!empty.getAsBoolean()) {
                return;
            }
            told(all);
        }
        for (Map.Entry<String, Long> change : Map.copyOf(keys).entrySet()) {
            if (!outdate.test(change.getKey(), change.getValue())) {
                return;
            }
            keys.remove(change.getKey(), change.getValue());
        }
    }

    private synchronized void told(long all) {
        if (everything == all) {
            everything = 0;
        }
    }
}
