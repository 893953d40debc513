/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.CostKind;
import dev.ralph.Usage;
import dev.ralph.internal.machine.Metered;
import dev.ralph.spi.UsageReport;

/**
 * Follows the usage reports of one attempt. They are cumulative, so one that shrinks shows that the reporter cannot be
 * trusted: the attempt's usage is unknown then, and the highest figures seen are kept as its least. Thread-safe.
 */
final class UsageMeter {

    private UsageReport highest = UsageReport.UNKNOWN;
    private boolean shrank;

    /** Takes in a report and gives the highest so far. */
    synchronized UsageReport report(UsageReport report) {
        shrank |= shrinks(report);
        highest = highest.highest(report);
        return highest;
    }

    /** The sum at an end the agent told of itself. */
    synchronized Metered end(UsageReport last) {
        boolean silent = last.usage() == null && last.cost().kind() == CostKind.UNKNOWN;
        boolean streamed = !highest.equals(UsageReport.UNKNOWN);
        report(last);
        return shrank || (silent && streamed) ? Metered.partial(highest) : Metered.complete(highest);
    }

    /**
     * The sum when the attempt was cut off.
     *
     * @param streamed whether the agent reports everything while it works, so that nothing is missing
     */
    synchronized Metered cutOff(boolean streamed) {
        return streamed && !shrank ? Metered.complete(highest) : Metered.partial(highest);
    }

    private boolean shrinks(UsageReport report) {
        Usage before = highest.usage();
        Usage now = report.usage();
        boolean fewerTokens = before != null && now != null && !now.covers(before);
        boolean lessMoney = highest.cost().kind() != CostKind.UNKNOWN
                && report.cost().kind() == highest.cost().kind()
                && report.cost().amount().compareTo(highest.cost().amount()) < 0;
        return fewerTokens || lessMoney;
    }
}
