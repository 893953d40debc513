/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.Cost;
import dev.ralph.CostKind;
import dev.ralph.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt has used so far, cumulative from its launch.
 *
 * @param usage tokens, or null if not known
 * @param cost US dollars; {@link Cost#UNKNOWN} if not known
 */
public record UsageReport(@Nullable Usage usage, Cost cost) {

    public static final UsageReport UNKNOWN = new UsageReport(null, Cost.UNKNOWN);

    /** The attempt is known to have used nothing. */
    public static final UsageReport NOTHING = new UsageReport(Usage.ZERO, Cost.billed(java.math.BigDecimal.ZERO));

    /**
     * The higher of each figure of two reports on one attempt: what a store keeps of them, in whichever order they come.
     * What is not known never replaces what is, and a bill replaces an estimate.
     */
    public UsageReport highest(UsageReport other) {
        return new UsageReport(highest(usage, other.usage), highest(cost, other.cost));
    }

    private static @Nullable Usage highest(@Nullable Usage a, @Nullable Usage b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return new Usage(
                Math.max(a.input(), b.input()),
                Math.max(a.output(), b.output()),
                Math.max(a.cacheRead(), b.cacheRead()),
                Math.max(a.cacheWrite(), b.cacheWrite()));
    }

    private static Cost highest(Cost a, Cost b) {
        if (a.kind() == CostKind.UNKNOWN || b.kind() == CostKind.UNKNOWN) {
            return a.kind() == CostKind.UNKNOWN ? b : a;
        }
        if (a.kind() != b.kind()) {
            return a.kind() == CostKind.BILLED ? a : b;
        }
        return b.amount().compareTo(a.amount()) > 0 ? b : a;
    }
}
