/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Cost;
import dev.ralph.Limits;
import dev.ralph.RunProgress;
import dev.ralph.Spend;
import dev.ralph.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StandingTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    private final RunProgress progress = new RunProgress(
            2,
            3,
            0,
            new Usage(1_000, 200, 0, 0),
            34,
            new Spend(new BigDecimal("0.50"), new BigDecimal("0.25"), BigDecimal.ZERO),
            Duration.ofSeconds(5),
            NOW.minusSeconds(60));

    @Test
    void showsEachFigureAgainstItsLimit() {
        Limits limits = Limits.builder()
                .maxIterations(20)
                .maxRuntime(Duration.ofMinutes(30))
                .maxTokens(50_000L)
                .maxCost("5")
                .build();

        assertThat(Standing.begin(progress, limits).launched(3, "claude").line(NOW))
                .isEqualTo("[3/20] 1m05s/30m00s | 1,234/50,000 tokens | $0.75/$5.00 | claude");
    }

    @Test
    void showsNoLimitWhereThereIsNone() {
        assertThat(Standing.begin(progress, Limits.DEFAULT).line(NOW))
                .isEqualTo("[2/100] 1m05s/4h00m | 1,234 tokens | $0.75");
    }

    @Test
    void saysThatFiguresAreAtLeastWhatTheyShowOnceAnAttemptDidNotReport() {
        RunProgress silent = new RunProgress(1, 1, 1, Usage.ZERO, 0, Spend.ZERO, Duration.ZERO, null);

        assertThat(Standing.begin(silent, Limits.DEFAULT).line(NOW)).contains("0+? tokens", "$0.00+?");
    }

    @Test
    void whatTheAttemptInFlightReportsCountsUntilItIsSettled() {
        Standing reporting = Standing.begin(progress, Limits.DEFAULT)
                .used(new Usage(6, 0, 0, 0), Cost.estimated(new BigDecimal("0.25")));

        assertThat(reporting.line(NOW)).contains("1,240 tokens", "$1.00");
        assertThat(reporting.settled().line(NOW)).contains("1,234 tokens", "$0.75");
    }
}
