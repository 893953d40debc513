/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Identifies a run: a UUID of version 7 (RFC 9562), so that ids sort by the time the run was submitted.
 *
 * @param value the UUID; any version is accepted when parsing, {@link #create} makes version 7
 */
public record RunId(UUID value) implements Comparable<RunId> {

    private static final SecureRandom RANDOM = new SecureRandom();

    public RunId {
        Objects.requireNonNull(value, "value");
    }

    /** A new id whose first 48 bits are {@code now} in milliseconds and whose other bits are random. */
    public static RunId create(Instant now) {
        long high = (now.toEpochMilli() << 16) | 0x7000L | (RANDOM.nextInt() & 0x0FFFL);
        long low = 0x8000000000000000L | (RANDOM.nextLong() >>> 2);
        return new RunId(new UUID(high, low));
    }

    /**
     * Reads the form {@link #toString} writes.
     *
     * @throws InvalidValueException if {@code text} is not a UUID
     */
    public static RunId parse(String text) {
        try {
            return new RunId(UUID.fromString(text.strip()));
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(
                    "run id", text, "is not a UUID; use the id that submit, list or the log printed", e);
        }
    }

    /** Orders by the unsigned value, which for version 7 is the order of submission to the millisecond. */
    @Override
    public int compareTo(RunId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
