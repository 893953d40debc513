/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import org.jspecify.annotations.Nullable;

/**
 * Tokens an agent used, by the four kinds the model services bill apart.
 *
 * @param input tokens read that were not cached
 * @param output tokens written, thinking included
 * @param cacheRead tokens read from the service's prompt cache
 * @param cacheWrite tokens written to the service's prompt cache
 */
public record Usage(long input, long output, long cacheRead, long cacheWrite) {

    public static final Usage ZERO = new Usage(0, 0, 0, 0);

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if a count is negative; see {@link #reported} for figures from outside
     */
    public Usage {
        Check.notNegative("usage.input", input);
        Check.notNegative("usage.output", output);
        Check.notNegative("usage.cacheRead", cacheRead);
        Check.notNegative("usage.cacheWrite", cacheWrite);
    }

    /** Figures as an agent reported them, or null (unknown) if one of them is negative. */
    public static @Nullable Usage reported(long input, long output, long cacheRead, long cacheWrite) {
        return input < 0 || output < 0 || cacheRead < 0 || cacheWrite < 0
                ? null
                : new Usage(input, output, cacheRead, cacheWrite);
    }

    /** All four kinds together; what {@link Limits#maxTokens} counts. At most {@link Long#MAX_VALUE}. */
    public long total() {
        return saturatedSum(saturatedSum(input, output), saturatedSum(cacheRead, cacheWrite));
    }

    public Usage plus(Usage other) {
        return new Usage(
                saturatedSum(input, other.input),
                saturatedSum(output, other.output),
                saturatedSum(cacheRead, other.cacheRead),
                saturatedSum(cacheWrite, other.cacheWrite));
    }

    /** Whether no count is lower than in {@code earlier}: a cumulative report may only grow. */
    public boolean covers(Usage earlier) {
        return input >= earlier.input
                && output >= earlier.output
                && cacheRead >= earlier.cacheRead
                && cacheWrite >= earlier.cacheWrite;
    }

    private static long saturatedSum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
