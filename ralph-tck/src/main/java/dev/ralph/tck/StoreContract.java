/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

/**
 * What every {@link dev.ralph.spi.Store} must do, sharing budgets, adding up costs and keeping an audit trail included. Extend it in the tests of a store and say how to
 * open it, as {@link RunStoreContract} shows.
 */
public abstract class StoreContract extends RunStoreContract implements BudgetRules, CostRules, AuditRules {

    /** For those who extend this class. */
    protected StoreContract() {}

    @Override
    boolean sharesBudgets() {
        return true;
    }
}
