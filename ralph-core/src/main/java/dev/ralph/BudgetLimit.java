/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A budget that runs share: of a tenant, a team, a month.
 *
 * @param name its name, as {@link RunSpec#budgets} uses it
 * @param maxTokens tokens at most, or null for no limit
 * @param maxCost US dollars at most, or null for no limit
 */
public record BudgetLimit(
        String name, @Nullable Long maxTokens, @Nullable BigDecimal maxCost) {

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if a value is outside its range
     */
    public BudgetLimit {
        Check.storable("budget.name", Check.notBlank("budget.name", name));
        Check.atMost("budget.name", name, 255);
        if (maxTokens != null) {
            Check.notNegative("budget.maxTokens", maxTokens);
        }
        if (maxCost != null) {
            Check.dollars("budget.maxCost", maxCost);
        }
    }
}
