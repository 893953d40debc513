/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import dev.ralph.InvalidValueException;

/**
 * How much output reaches the {@link ProcessListener}. What exceeds a limit is still read, so that the process never
 * blocks, but dropped, and the cut is flagged. The start and end kept in {@link OutputSummary} are not affected.
 *
 * @param perLine bytes of one line; memory of about three times as much is needed per channel
 * @param perStream bytes of standard output or standard error
 * @param total bytes of both together
 */
public record OutputLimits(long perLine, long perStream, long total) {

    private static final long MAX_LINE = 256L << 20;

    /** 1 MiB a line, 64 MiB a stream, 128 MiB in total. */
    public static final OutputLimits DEFAULT = new OutputLimits(1L << 20, 64L << 20, 128L << 20);

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if a limit is not positive or a line may be longer than 256 MiB
     */
    public OutputLimits {
        if (perLine < 1 || perLine > MAX_LINE) {
            throw new InvalidValueException("limits.perLine", perLine, "must be from 1 to " + MAX_LINE + " bytes");
        }
        positive("limits.perStream", perStream);
        positive("limits.total", total);
    }

    private static void positive(String field, long value) {
        if (value < 1) {
            throw new InvalidValueException(field, value, "must be at least 1 byte");
        }
    }
}
