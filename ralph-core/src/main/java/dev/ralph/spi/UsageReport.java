/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.Cost;
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
}
