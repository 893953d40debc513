/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class BudgetStatusTest {

    private static final BudgetLimit LIMIT = new BudgetLimit("team", 1_000L, new BigDecimal("5"));

    @Test
    void roomIsWhatIsNeitherSettledNorSetAside() {
        BudgetStatus budget =
                new BudgetStatus(LIMIT, 300, new BigDecimal("2"), new Reservation(200, new BigDecimal("0.5")));

        assertThat(budget.room()).isEqualTo(new Reservation(500, new BigDecimal("2.5")));
        assertThat(budget.fits(budget.room())).isTrue();
        assertThat(budget.fits(new Reservation(501, BigDecimal.ZERO))).isFalse();
        assertThat(budget.fits(new Reservation(0, new BigDecimal("2.51")))).isFalse();
    }

    @Test
    void anOverdrawnBudgetHasNoRoomHoweverFarItIsOverdrawn() {
        Reservation setAside = new Reservation(Long.MAX_VALUE, new BigDecimal("9"));
        BudgetStatus budget = new BudgetStatus(LIMIT, Long.MAX_VALUE, new BigDecimal("6"), setAside);

        assertThat(budget.room()).isEqualTo(new Reservation(0, BigDecimal.ZERO));
        assertThat(budget.exhausted()).isTrue();
        assertThat(budget.fits(Reservation.NONE)).isFalse();
    }

    @Test
    void aBudgetWithoutLimitsHasRoomForEverything() {
        BudgetStatus budget =
                new BudgetStatus(new BudgetLimit("open", null, null), 10, BigDecimal.TEN, Reservation.NONE);

        assertThat(budget.room().tokens()).isEqualTo(Long.MAX_VALUE);
        assertThat(budget.fits(new Reservation(Long.MAX_VALUE, new BigDecimal("1000000"))))
                .isTrue();
    }
}
