/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.math.BigDecimal;

/**
 * Money spent, kept apart by {@link CostKind} so that an estimate is never shown as a bill.
 *
 * @param billed US dollars the agents reported as charged
 * @param estimated US dollars computed from prices
 * @param unknown US dollars charged against the limits for attempts that reported nothing
 */
public record Spend(BigDecimal billed, BigDecimal estimated, BigDecimal unknown) {

    public static final Spend ZERO = new Spend(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    public Spend {
        Check.notNegative("spend.billed", billed);
        Check.notNegative("spend.estimated", estimated);
        Check.notNegative("spend.unknown", unknown);
    }

    /** All three together: what {@link Limits#maxCost} counts. */
    public BigDecimal total() {
        return billed.add(estimated).add(unknown);
    }

    public Spend plus(Cost cost) {
        return switch (cost.kind()) {
            case BILLED -> new Spend(billed.add(cost.amount()), estimated, unknown);
            case ESTIMATED -> new Spend(billed, estimated.add(cost.amount()), unknown);
            case UNKNOWN -> new Spend(billed, estimated, unknown.add(cost.amount()));
        };
    }
}
