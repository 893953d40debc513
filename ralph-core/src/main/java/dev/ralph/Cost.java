/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * An amount of money and how it came about.
 *
 * @param amount US dollars, not negative
 * @param kind how far the amount can be trusted
 */
public record Cost(BigDecimal amount, CostKind kind) {

    public static final Cost UNKNOWN = new Cost(BigDecimal.ZERO, CostKind.UNKNOWN);

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if the amount is negative
     */
    public Cost {
        Check.notNegative("cost.amount", amount);
        Objects.requireNonNull(kind, "kind");
    }

    public static Cost billed(BigDecimal amount) {
        return new Cost(amount, CostKind.BILLED);
    }

    public static Cost estimated(BigDecimal amount) {
        return new Cost(amount, CostKind.ESTIMATED);
    }

    /**
     * An amount as an agent reported it in floating point.
     *
     * @return {@link #UNKNOWN} if it is negative, infinite or not a number
     */
    public static Cost reported(double amount, CostKind kind) {
        return Double.isFinite(amount) && amount >= 0 ? new Cost(BigDecimal.valueOf(amount), kind) : UNKNOWN;
    }
}
