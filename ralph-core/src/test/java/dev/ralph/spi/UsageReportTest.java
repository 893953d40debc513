/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Cost;
import dev.ralph.Usage;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageReportTest {

    private static final Cost ONE = Cost.billed(BigDecimal.ONE);
    private static final Cost TWO = Cost.billed(new BigDecimal("2"));

    @Test
    void theHighestOfTwoReportsHasTheHigherOfEachFigure() {
        UsageReport early = new UsageReport(new Usage(9, 1, 9, 1), TWO);
        UsageReport late = new UsageReport(new Usage(1, 9, 1, 9), ONE);

        assertThat(early.highest(late)).isEqualTo(new UsageReport(new Usage(9, 9, 9, 9), TWO));
        assertThat(late.highest(early)).isEqualTo(early.highest(late));
    }

    @Test
    void whatIsUnknownNeverReplacesWhatIsKnown() {
        UsageReport known = new UsageReport(new Usage(1, 2, 3, 4), ONE);

        assertThat(known.highest(UsageReport.UNKNOWN)).isEqualTo(known);
        assertThat(UsageReport.UNKNOWN.highest(known)).isEqualTo(known);
        assertThat(UsageReport.UNKNOWN.highest(UsageReport.UNKNOWN)).isEqualTo(UsageReport.UNKNOWN);
    }

    @Test
    void aBillReplacesAnEstimateWhicheverIsHigher() {
        UsageReport billed = new UsageReport(null, ONE);
        for (String amount : List.of("0.50", "7.00")) {
            UsageReport estimated = new UsageReport(null, Cost.estimated(new BigDecimal(amount)));

            assertThat(estimated.highest(billed)).isEqualTo(billed);
            assertThat(billed.highest(estimated)).isEqualTo(billed);
        }
    }

    @Test
    void aKnownZeroReplacesTheUnknown() {
        assertThat(UsageReport.UNKNOWN.highest(UsageReport.NOTHING)).isEqualTo(UsageReport.NOTHING);
    }
}
