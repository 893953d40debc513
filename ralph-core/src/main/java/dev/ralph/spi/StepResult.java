/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.BudgetStatus;

/** Answer to {@link Store#commit}. */
public sealed interface StepResult {

    /** Committed, now or by an earlier call whose answer was lost. */
    record Committed(long version) implements StepResult {}

    /** Nothing was written: the named budget has no room for the reservation. */
    record BudgetRefused(BudgetStatus budget) implements StepResult {}
}
