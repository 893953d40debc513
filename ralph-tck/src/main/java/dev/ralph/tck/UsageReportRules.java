/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Cost;
import dev.ralph.CostKind;
import dev.ralph.Usage;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import dev.ralph.spi.UsageReporting;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** That usage is what the agent said, or unknown, and never made up. */
interface UsageReportRules extends AgentRules {

    UsageReport SAID = new UsageReport(new Usage(1_200, 340, 56, 7), Cost.billed(new BigDecimal("0.125")));

    @Test
    default void usageIsWhatTheAgentReported() throws Exception {
        AgentWork work = bench().begin(new Behaviour.ReportsUsage(SAID, "42 passed"));

        assertSame(bench().finished(work).usage(), bench().contract().understood(SAID));
    }

    @Test
    default void usageOnTheWayIsCumulative() throws Exception {
        RecordingListener listener = new RecordingListener();
        AgentAdapter adapter = bench().adapterThat(new Behaviour.ReportsUsage(SAID, "42 passed"));

        bench().begin(adapter, AgentBench.PROMPT, listener).outcome();

        if (adapter.usageReporting() == UsageReporting.STREAMED) {
            assertThat(listener.reports()).isNotEmpty();
        }
        for (UsageReport report : listener.reports()) {
            assertThat(SAID.highest(report).usage())
                    .as("no more than the agent said in the end")
                    .isEqualTo(SAID.usage());
        }
    }

    @Test
    default void usageThatAnAgentDoesNotReportIsUnknown() throws Exception {
        AgentOutcome.Finished finished = bench().finished(bench().begin(new Behaviour.Finishes("working", "done")));

        assertThat(finished.usage().usage()).isNull();
        assertThat(finished.usage().cost().kind()).isEqualTo(CostKind.UNKNOWN);
    }

    @Test
    default void negativeUsageIsUnknown() throws Exception {
        AgentOutcome outcome = bench().outcomeOf(new Behaviour.ReportsNegativeUsage("done"));

        assertThat(outcome.usage().usage()).isNull();
        assertThat(outcome.usage().cost().kind()).isEqualTo(CostKind.UNKNOWN);
    }

    private static void assertSame(UsageReport actual, UsageReport expected) {
        assertThat(actual).usingRecursiveComparison(Samples.SAME_VALUES).isEqualTo(expected);
    }
}
