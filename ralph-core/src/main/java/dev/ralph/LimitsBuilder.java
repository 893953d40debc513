/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Builds {@link Limits}. Not thread-safe; may build more than once. */
public final class LimitsBuilder {

    private int maxIterations = 100;
    private Duration maxRuntime = Duration.ofHours(4);
    private @Nullable Long maxTokens;
    private @Nullable BigDecimal maxCost;
    private Duration attemptTimeout = Duration.ofMinutes(30);
    private Duration idleTimeout = Duration.ofMinutes(10);
    private @Nullable Long reservedTokens;
    private @Nullable BigDecimal reservedCost;
    private UnknownUsage unknownUsage = UnknownUsage.COUNT_RESERVATION;

    LimitsBuilder() {}

    LimitsBuilder(Limits from) {
        maxIterations = from.maxIterations();
        maxRuntime = from.maxRuntime();
        maxTokens = from.maxTokens();
        maxCost = from.maxCost();
        attemptTimeout = from.attemptTimeout();
        idleTimeout = from.idleTimeout();
        reservedTokens = from.reservedTokens();
        reservedCost = from.reservedCost();
        unknownUsage = from.unknownUsage();
    }

    public LimitsBuilder maxIterations(int iterations) {
        maxIterations = iterations;
        return this;
    }

    public LimitsBuilder maxRuntime(Duration runtime) {
        maxRuntime = runtime;
        return this;
    }

    /** Tokens of all kinds; null lifts the limit. */
    public LimitsBuilder maxTokens(@Nullable Long tokens) {
        maxTokens = tokens;
        return this;
    }

    /** US dollars; null lifts the limit. */
    public LimitsBuilder maxCost(@Nullable BigDecimal dollars) {
        maxCost = dollars;
        return this;
    }

    /**
     * US dollars in decimal notation, such as {@code "5.00"}.
     *
     * @throws InvalidValueException if it is not a decimal number
     */
    public LimitsBuilder maxCost(String dollars) {
        try {
            return maxCost(new BigDecimal(dollars.strip()));
        } catch (NumberFormatException e) {
            throw new InvalidValueException(
                    "limits.maxCost", dollars, "is not a decimal number of US dollars such as 5.00", e);
        }
    }

    public LimitsBuilder attemptTimeout(Duration timeout) {
        attemptTimeout = timeout;
        return this;
    }

    public LimitsBuilder idleTimeout(Duration timeout) {
        idleTimeout = timeout;
        return this;
    }

    public LimitsBuilder reservedTokens(@Nullable Long tokens) {
        reservedTokens = tokens;
        return this;
    }

    public LimitsBuilder reservedCost(@Nullable BigDecimal dollars) {
        reservedCost = dollars;
        return this;
    }

    public LimitsBuilder unknownUsage(UnknownUsage policy) {
        unknownUsage = policy;
        return this;
    }

    /**
     * Makes the limits.
     *
     * @throws InvalidValueException if a value is outside its range
     */
    public Limits build() {
        return new Limits(
                maxIterations,
                maxRuntime,
                maxTokens,
                maxCost,
                attemptTimeout,
                idleTimeout,
                reservedTokens,
                reservedCost,
                unknownUsage);
    }
}
