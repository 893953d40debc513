/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an artifact holds, and who wrote it: two owners of one run, one of whom has lost it, never write under one id. Made
 * of numbers alone, so that a name made of it is safe anywhere.
 *
 * @param run the run
 * @param kind what the output is of
 * @param iteration the iteration, from 1
 * @param number the attempt within the iteration, or the gate's place among those that were run, from 1
 * @param epoch of the lease under which it was written; see {@link Lease#epoch}
 */
public record ArtifactId(RunId run, Kind kind, int iteration, int number, long epoch) {

    /** What the output is of. */
    public enum Kind {
        /** One launch of an agent. */
        ATTEMPT,
        /** One gate that was run. */
        GATE
    }

    private static final Pattern NAME =
            Pattern.compile("(attempt|gate)-([1-9][0-9]{0,9})-([1-9][0-9]{0,9})-e(0|[1-9][0-9]{0,18})");

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if a number is out of its range
     */
    public ArtifactId {
        require("artifact.iteration", iteration, iteration >= 1, "must be 1 or more");
        require("artifact.number", number, number >= 1, "must be 1 or more");
        require("artifact.epoch", epoch, epoch >= 0, "must not be negative");
    }

    /** Of an attempt, written under a lease. */
    public static ArtifactId attempt(Lease lease, int iteration, int attempt) {
        return new ArtifactId(lease.run(), Kind.ATTEMPT, iteration, attempt, lease.epoch());
    }

    /** Of a gate, written under a lease. */
    public static ArtifactId gate(Lease lease, int iteration, int number) {
        return new ArtifactId(lease.run(), Kind.GATE, iteration, number, lease.epoch());
    }

    /**
     * Unique among the artifacts of the run, at most 50 characters of {@code a-z}, {@code 0-9} and {@code -}. What records
     * refer to it by, and fit for a file's name.
     */
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT) + "-" + iteration + "-" + number + "-e" + epoch;
    }

    /** Reads what {@link #name} wrote; empty if it is anything else, however much it looks like it. */
    public static Optional<ArtifactId> of(RunId run, String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ArtifactId(
                    run,
                    Kind.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)),
                    Long.parseLong(parts.group(4))));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    private static void require(String field, long value, boolean fits, String rule) {
        if (!fits) {
            throw new InvalidValueException(field, value, rule);
        }
    }
}
