/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Invalidations that Redis does not know of yet, because it could not be told: until it does, it is not asked for these keys.
 * Thread-safe.
 */
final class PendingChanges {

    private static final int MOST = 1000;
    private static final Set<Integer> ALL =
            IntStream.range(0, RedisTier.BUCKETS).boxed().collect(Collectors.toUnmodifiableSet());

    // Each change is an object of its own: one that comes while the one before is told is not taken for it.
    private final Map<String, Change> keys = new HashMap<>();
    private final Map<Integer, Change> buckets = new HashMap<>();
    private @Nullable Change untold;
    private volatile boolean any;

    private static final class Change {

        private final long version;

        Change(long version) {
            this.version = version;
        }
    }

    /** What Redis can be told. */
    interface Redis {

        /** Drops these buckets. Returns those that it dropped. */
        Set<Integer> empty(Set<Integer> buckets);

        /** Tells everybody that the region is empty. Returns whether it did. */
        boolean tellEmptied();

        /** A key is out of date below a version. Returns whether Redis knows. */
        boolean outdate(String key, long version);
    }

    /** A key is out of date below a version. */
    synchronized void add(String key, long version) {
        any = true;
        keys.merge(key, new Change(version), (a, b) -> new Change(Math.max(a.version, b.version)));
        if (keys.size() > MOST) {
            addAll();
        }
    }

    /** Everything is. */
    synchronized void addAll() {
        any = true;
        keys.clear();
        ALL.forEach(bucket -> buckets.put(bucket, new Change(Long.MAX_VALUE)));
        untold = new Change(Long.MAX_VALUE);
    }

    /** Whether Redis is not to be asked for a key. */
    boolean contains(String key) {
        return any && holds(key);
    }

    private synchronized boolean holds(String key) {
        return keys.containsKey(key) || buckets.containsKey(RedisTier.bucketOf(key));
    }

    /** {@link Integer#MAX_VALUE} if it is not known how many keys. */
    synchronized int size() {
        return buckets.isEmpty() && untold == null ? keys.size() : Integer.MAX_VALUE;
    }

    /** Tells Redis. A server that does not answer does not keep others from being told. */
    void flush(Redis redis) {
        if (!any) {
            return;
        }
        Map<Integer, Change> someBuckets;
        Map<String, Change> someKeys;
        Change message;
        synchronized (this) {
            someBuckets = Map.copyOf(buckets);
            someKeys = Map.copyOf(keys);
            message = untold;
        }
        Set<Integer> dropped = someBuckets.isEmpty() ? Set.of() : redis.empty(someBuckets.keySet());
        boolean told = message != null && redis.tellEmptied();
        synchronized (this) {
            dropped.forEach(bucket -> buckets.remove(bucket, someBuckets.get(bucket)));
            if (told && untold == message) {
                untold = null;
            }
        }
        someKeys.forEach((key, change) -> {
            if (redis.outdate(key, change.version)) {
                told(key, change);
            }
        });
        settle();
    }

    private synchronized void told(String key, Change change) {
        keys.remove(key, change);
    }

    private synchronized void settle() {
        any = !keys.isEmpty() || !buckets.isEmpty() || untold != null;
    }
}
