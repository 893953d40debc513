/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Invalidations of the last minute: a server that takes over from another may not know of them. Thread-safe. */
final class RecentChanges {

    private static final int MOST = 1000;
    private static final long LONGEST = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final Map<String, Change> keys = new LinkedHashMap<>();
    private boolean emptied;
    private long emptiedAt;

    private record Change(long version, long at) {}

    RecentChanges(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void add(String key, long version) {
        Change before = keys.remove(key);
        keys.put(key, new Change(before == null ? version : Math.max(version, before.version()), nanoTime.getAsLong()));
        if (keys.size() > MOST) {
            keys.remove(keys.keySet().iterator().next());
        }
    }

    synchronized void addAll() {
        emptied = true;
        emptiedAt = nanoTime.getAsLong();
    }

    /** Has them repeated. */
    synchronized void repeat(PendingChanges pending) {
        long now = nanoTime.getAsLong();
        if (emptied && now - emptiedAt < LONGEST) {
            pending.addAll();
        }
        keys.forEach((key, change) -> {
            if (now - change.at() < LONGEST) {
                pending.add(key, change.version());
            }
        });
        emptied = false;
        keys.clear();
    }
}
