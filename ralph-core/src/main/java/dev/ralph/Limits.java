/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run may use at most. Checked before every launch and, as far as the agent reports while it works, during an
 * attempt; overshoot is at most the excess of the one attempt in flight.
 *
 * @param maxIterations iterations recorded at most, 1 or more; attempts that repeat an iteration do not count
 * @param maxRuntime time in status RUNNING or WAITING at most; queueing and pauses do not count
 * @param maxTokens tokens of all kinds at most, or null for no limit
 * @param maxCost US dollars of all kinds at most, or null for no limit
 * @param attemptTimeout wall-clock time of one attempt at most
 * @param idleTimeout time without any output after which an attempt is ended
 * @param reservedTokens tokens reserved for an attempt before it is launched, or null: a tenth of {@code maxTokens}, or
 *     the most an attempt of this run has used if that is more
 * @param reservedCost US dollars reserved for an attempt before it is launched, or null: likewise of {@code maxCost}
 * @param unknownUsage what an attempt counts as when its usage or cost is not known
 */
public record Limits(
        int maxIterations,
        Duration maxRuntime,
        @Nullable Long maxTokens,
        @Nullable BigDecimal maxCost,
        Duration attemptTimeout,
        Duration idleTimeout,
        @Nullable Long reservedTokens,
        @Nullable BigDecimal reservedCost,
        UnknownUsage unknownUsage) {

    /** 100 iterations, 4 hours, 30 minutes an attempt, 10 minutes idle; tokens and cost not limited. */
    public static final Limits DEFAULT = builder().build();

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if a value is outside its range
     */
    public Limits {
        Check.inRange("limits.maxIterations", maxIterations, 1, 1_000_000);
        Check.positive("limits.maxRuntime", maxRuntime);
        Check.positive("limits.attemptTimeout", attemptTimeout);
        Check.positive("limits.idleTimeout", idleTimeout);
        if (maxTokens != null) {
            Check.notNegative("limits.maxTokens", maxTokens);
        }
        if (maxCost != null) {
            Check.dollars("limits.maxCost", maxCost);
        }
        if (reservedTokens != null) {
            Check.notNegative("limits.reservedTokens", reservedTokens);
        }
        if (reservedCost != null) {
            Check.dollars("limits.reservedCost", reservedCost);
        }
        Objects.requireNonNull(unknownUsage, "unknownUsage");
    }

    public static LimitsBuilder builder() {
        return new LimitsBuilder();
    }

    /** A builder that starts from these limits. */
    public LimitsBuilder toBuilder() {
        return new LimitsBuilder(this);
    }
}
