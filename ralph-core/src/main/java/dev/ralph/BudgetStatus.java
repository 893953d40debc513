/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.math.BigDecimal;

/**
 * A shared budget and what is gone of it.
 *
 * @param limit what it allows
 * @param consumedTokens tokens settled
 * @param consumedCost US dollars settled
 * @param reserved what attempts in flight have set aside
 */
public record BudgetStatus(BudgetLimit limit, long consumedTokens, BigDecimal consumedCost, Reservation reserved) {

    /** Whether what is settled alone uses the budget up, so that waiting for attempts in flight cannot help. */
    public boolean exhausted() {
        Long maxTokens = limit.maxTokens();
        BigDecimal maxCost = limit.maxCost();
        return (maxTokens != null && consumedTokens >= maxTokens)
                || (maxCost != null && consumedCost.compareTo(maxCost) >= 0);
    }

    /** Whether {@code wanted} fits into what is neither settled nor set aside. */
    public boolean fits(Reservation wanted) {
        return !exhausted() && fitsTokens(wanted.tokens()) && fitsCost(wanted.cost());
    }

    /** What is neither settled nor set aside; {@link Long#MAX_VALUE} tokens where there is no limit. */
    public Reservation room() {
        return new Reservation(roomForTokens(), roomForCost());
    }

    private long roomForTokens() {
        Long max = limit.maxTokens();
        if (max == null) {
            return Long.MAX_VALUE;
        }
        // Both sums may stand at the most a long holds; their difference to the limit would wrap around.
        long unsettled = Math.max(0, max - consumedTokens);
        return Math.max(0, unsettled - reserved.tokens());
    }

    private BigDecimal roomForCost() {
        BigDecimal max = limit.maxCost();
        return max == null
                ? BigDecimal.valueOf(Long.MAX_VALUE)
                : max.subtract(consumedCost).subtract(reserved.cost()).max(BigDecimal.ZERO);
    }

    private boolean fitsTokens(long wanted) {
        Long max = limit.maxTokens();
        return max == null || wanted <= max - consumedTokens - reserved.tokens();
    }

    private boolean fitsCost(BigDecimal wanted) {
        BigDecimal max = limit.maxCost();
        return max == null || wanted.compareTo(max.subtract(consumedCost).subtract(reserved.cost())) <= 0;
    }
}
