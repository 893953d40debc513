/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

/**
 * A shared budget in a test of something else: a step that must write all or nothing draws from it too, where the store
 * shares budgets.
 *
 * @param name its name, or empty where the store shares none
 */
record SpareBudget(StoreBench bench, Optional<String> name) {

    void assertReserved(long tokens) {
        name.ifPresent(budget -> assertThat(
                        BudgetRules.status(bench, budget).reserved().tokens())
                .isEqualTo(tokens));
    }

    void assertConsumed(long tokens) {
        name.ifPresent(budget ->
                assertThat(BudgetRules.status(bench, budget).consumedTokens()).isEqualTo(tokens));
    }
}
