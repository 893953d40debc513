/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

/**
 * What every {@link dev.ralph.spi.Store} must do, sharing budgets and adding up costs included. Extend it in the tests of a store and say how to
 * open it, as {@link RunStoreContract} shows.
 */
public abstract class StoreContract extends RunStoreContract implements BudgetRules, CostRules {

    /** For those who extend this class. */
    protected StoreContract() {}

    @Override
    boolean sharesBudgets() {
        return true;
    }
}
