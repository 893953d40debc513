/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Cost;
import dev.ralph.Spend;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({"PT0.04S,0.0s", "PT9.96S,9.9s", "PT42S,42s", "PT3M7S,3m07s", "PT1H2M3S,1h02m", "PT49H,49h00m"})
    void timesAreShort(Duration time, String expected) {
        assertThat(Figures.time(time)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,$0.00", "0.00001,$0.0001", "0.0123,$0.0123", "1.2,$1.20", "1.201,$1.21", "1234.5,$1234.50"})
    void moneyIsNeverShownAsLessThanItIs(BigDecimal amount, String expected) {
        assertThat(Figures.dollars(amount)).isEqualTo(expected);
    }

    @Test
    void kindsOfMoneyAreNotMixed() {
        assertThat(Figures.spend(new Spend(BigDecimal.ONE, new BigDecimal("2"), new BigDecimal("3"))))
                .isEqualTo("$1.00 billed + $2.00 estimated + $3.00 unknown");
        assertThat(Figures.spend(Spend.ZERO)).isEqualTo("$0.00");
        assertThat(Figures.cost(Cost.UNKNOWN)).isEqualTo("cost unknown");
        assertThat(Figures.cost(Cost.billed(BigDecimal.ZERO))).isEqualTo("$0.00 billed");
    }
}
