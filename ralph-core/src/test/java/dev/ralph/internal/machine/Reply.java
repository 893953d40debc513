/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.Cost;
import dev.ralph.Usage;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import java.time.Duration;

/** How an agent of a {@link SimulatedRun} comes to its end by itself. */
record Reply(String text, boolean claims, boolean edits, Metered usage, Duration took) {

    /** Edits the workspace, costs nothing, takes ten seconds. */
    static Reply says(String text) {
        return new Reply(text, false, true, Metered.NOTHING, Duration.ofSeconds(10));
    }

    static Reply claims(String text) {
        return new Reply(text, true, true, Metered.NOTHING, Duration.ofSeconds(10));
    }

    Reply withoutEdit() {
        return new Reply(text, claims, false, usage, took);
    }

    Reply taking(Duration time) {
        return new Reply(text, claims, edits, usage, time);
    }

    Reply using(Metered metered) {
        return new Reply(text, claims, edits, metered, took);
    }

    Reply using(long tokens, String dollars) {
        return using(used(tokens, dollars));
    }

    /** Everything an attempt used, as its agent billed it. */
    static Metered used(long tokens, String dollars) {
        return Metered.complete(new UsageReport(new Usage(tokens, 0, 0, 0), Cost.billed(new BigDecimal(dollars))));
    }
}
