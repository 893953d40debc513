/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.Cost;
import dev.ralph.CostKind;
import dev.ralph.Reservation;
import dev.ralph.UnknownUsage;
import dev.ralph.Usage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt counts as.
 *
 * @param usage tokens it is known to have used in all, or null if that is not known
 * @param reported tokens it reported, complete or not
 * @param unknownTokens tokens charged beyond what it reported
 * @param cost money charged
 */
public record Charge(@Nullable Usage usage, Usage reported, long unknownTokens, Cost cost) {

    /** Settles what an attempt reported against what was reserved for it. */
    static Charge of(Metered metered, Reservation reserved, UnknownUsage policy) {
        Usage reported = metered.usage() == null ? Usage.ZERO : metered.usage();
        boolean tokensKnown = metered.complete() && metered.usage() != null;
        boolean costKnown = metered.complete() && metered.cost().kind() != CostKind.UNKNOWN;
        long floorTokens = policy == UnknownUsage.COUNT_RESERVATION ? reserved.tokens() : 0;
        BigDecimal floorCost = policy == UnknownUsage.COUNT_RESERVATION ? reserved.cost() : BigDecimal.ZERO;
        return new Charge(
                tokensKnown ? reported : null,
                reported,
                tokensKnown ? 0 : Math.max(0, floorTokens - reported.total()),
                costKnown ? metered.cost() : new Cost(metered.cost().amount().max(floorCost), CostKind.UNKNOWN));
    }

    /** Whether both tokens and money are what the attempt really used. */
    boolean known() {
        return usage != null && cost.kind() != CostKind.UNKNOWN;
    }

    /** All tokens charged. */
    long tokens() {
        long sum = reported.total() + unknownTokens;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
