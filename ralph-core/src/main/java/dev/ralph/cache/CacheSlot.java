/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a key: a value, or that there is none, or only the version below which nothing is kept. Times are of a
 * monotonic clock in nanoseconds.
 *
 * @param generation in which it was kept; a later one drops it
 * @param cached the value; null if only the floor is known
 * @param bytes what the value takes in memory, about
 * @param readAt when the value was read from the source
 * @param freshUntil when it stops being an answer
 * @param floor the lowest version that may be kept; {@link Long#MAX_VALUE} if nothing may that was not read since
 * @param floorUntil when the floor stops to count
 */
record CacheSlot<V>(
        long generation,
        @Nullable Cached<V> cached,
        int bytes,
        long readAt,
        long freshUntil,
        long floor,
        long floorUntil) {

    static <V> CacheSlot<V> empty(long generation, long now) {
        return new CacheSlot<>(generation, null, 0, now, now, Loaded.NONE, now);
    }

    @Nullable Cached<V> fresh(long now) {
        return now - freshUntil < 0 ? cached : null;
    }

    /** The value with its age, if it is past its time by no more than {@code longest}. */
    @Nullable Cached<V> stale(long now, long longest) {
        return cached != null && now - freshUntil < longest
                ? new Cached<>(cached.value(), cached.version(), Duration.ofNanos(now - readAt))
                : null;
    }

    /** The lowest version that an outer tier may answer with: not below what was answered here before. */
    long floorAt(long now) {
        long last = cached == null ? Loaded.NONE : cached.version();
        return now - floorUntil < 0 ? Math.max(floor, last) : last;
    }

    /**
     * Whether a value may take the place of what is here.
     *
     * @param readSince whether it was read after the last invalidation
     */
    boolean admits(Loaded<V> loaded, long now, boolean readSince) {
        Cached<V> kept = fresh(now);
        if (kept != null && kept.version() > loaded.version()) {
            return false;
        }
        if (now - floorUntil >= 0) {
            return true;
        }
        return floor == Long.MAX_VALUE ? readSince : loaded.version() >= floor;
    }

    /** With a value, which takes so many bytes. */
    CacheSlot<V> with(Cached<V> value, int weight, long read, long until) {
        boolean met = floor == Long.MAX_VALUE;
        return new CacheSlot<>(generation, value, weight, read, until, met ? Loaded.NONE : floor, floorUntil);
    }

    /** Without what is below a version, now and once the value's time is over. */
    CacheSlot<V> outdated(long version, long now, long until) {
        Cached<V> kept = fresh(now);
        if (kept != null && kept.version() >= version && version != Long.MAX_VALUE) {
            return new CacheSlot<>(generation, kept, bytes, readAt, freshUntil, floorWith(version, now), until);
        }
        return without(version, now, until);
    }

    /** Without a value, and with a floor. */
    CacheSlot<V> without(long version, long now, long until) {
        return new CacheSlot<>(generation, null, 0, now, now, floorWith(version, now), until);
    }

    private long floorWith(long version, long now) {
        return now - floorUntil < 0 ? Math.max(floor, version) : version;
    }
}
