/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a cache answers.
 *
 * @param value the value, or null if there is none
 * @param version as in {@link Loaded}
 * @param staleAge how long ago it was read from the source, if that is longer than the region allows and the source cannot be
 *     reached; null if the value is fresh
 */
public record Cached<V>(
        @Nullable V value, long version, @Nullable Duration staleAge) {

    /** What a loader has just found. */
    public static <V> Cached<V> fresh(Loaded<V> loaded) {
        return new Cached<>(loaded.value(), loaded.version(), null);
    }

    /** The value, if there is one. */
    public Optional<V> found() {
        return Optional.ofNullable(value);
    }

    /** Whether it is older than the region allows. */
    public boolean stale() {
        return staleAge != null;
    }
}
