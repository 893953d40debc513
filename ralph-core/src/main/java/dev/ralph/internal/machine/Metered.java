/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.Cost;
import dev.ralph.Usage;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an attempt's usage at its end.
 *
 * @param usage the highest tokens reported, or null if none
 * @param cost the highest money reported
 * @param complete whether that is all there is: false after a crash, an interruption, or a report that shrank
 */
public record Metered(@Nullable Usage usage, Cost cost, boolean complete) {

    /** The attempt certainly used nothing. */
    public static final Metered NOTHING = new Metered(Usage.ZERO, Cost.billed(BigDecimal.ZERO), true);

    /** A final report that can be believed. */
    public static Metered complete(UsageReport report) {
        return new Metered(report.usage(), report.cost(), true);
    }

    /** The last report of an attempt nobody saw the end of. */
    public static Metered partial(UsageReport report) {
        return new Metered(report.usage(), report.cost(), false);
    }
}
