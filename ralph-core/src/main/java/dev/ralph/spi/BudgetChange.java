/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.Reservation;
import java.math.BigDecimal;

/** What a step does to a shared budget. */
public sealed interface BudgetChange {

    String budget();

    /** Sets an amount aside; refused, and the whole step with it, if it does not fit. */
    record Reserve(String budget, Reservation amount) implements BudgetChange {}

    /**
     * Frees what was set aside and consumes what was used, which may be more. Never refused; what is set aside never
     * falls below nothing, and tokens consumed stay at {@link Long#MAX_VALUE} once they reach it.
     */
    record Settle(String budget, Reservation freed, long tokens, BigDecimal cost) implements BudgetChange {}
}
