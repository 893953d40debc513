/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    /** Written out, the first one has a billion digits: no such number may get as far as a sum, or a message. */
    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "1000000000000", "0.0000000000000000001"})
    void anAmountThatNobodyCouldPayOrStoreIsRefused(String dollars) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> Limits.builder().maxCost(dollars).build());
    }

    @Test
    void whatIsLessIsTaken() {
        assertThat(Limits.builder().maxCost("999999999999.99").build().maxCost())
                .isEqualTo(new BigDecimal("999999999999.99"));
        assertThat(Limits.builder().maxCost("1e3").build().maxCost()).isEqualByComparingTo("1000");
    }
}
