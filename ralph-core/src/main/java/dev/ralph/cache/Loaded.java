/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

import dev.ralph.InvalidValueException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a loader found.
 *
 * @param value the value, or null if there is none
 * @param version what orders the values of one key; {@link #UNVERSIONED} if nothing does, {@link #NONE} if there is no value
 * @param age how long ago it was read from the source; zero if that was just now, or while a loader ran, which
 *     the cache adds itself
 */
public record Loaded<V>(@Nullable V value, long version, Duration age) {

    /** The version of values that have none. Of two, the later one counts. */
    public static final long UNVERSIONED = 0;

    /** The version of what does not exist, below all others. */
    public static final long NONE = -1;

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if the version is negative where there is a value, or not {@link #NONE} where there is
     *     none, or the age is negative
     */
    public Loaded {
        if (value == null ? version != NONE : version < 0) {
            throw new InvalidValueException(
                    "version", version, "must be 0 or more, or " + NONE + " for what does not exist");
        }
        if (age.isNegative()) {
            throw new InvalidValueException("age", age, "must not be negative");
        }
    }

    /** Just read. */
    public static <V> Loaded<V> of(V value, long version) {
        return new Loaded<>(value, version, Duration.ZERO);
    }

    /** Just read, without a version. */
    public static <V> Loaded<V> of(V value) {
        return of(value, UNVERSIONED);
    }

    /** Just seen that there is none. */
    public static <V> Loaded<V> none() {
        return new Loaded<>(null, NONE, Duration.ZERO);
    }

    /** The same, read so long ago: how an outer tier passes on what it kept. */
    public Loaded<V> aged(Duration since) {
        return new Loaded<>(value, version, since);
    }
}
