/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

/**
 * What every {@link dev.ralph.spi.Store} must do, sharing budgets, adding up costs, keeping an audit trail, erasing and
 * purging included. Extend it in the tests of a store and say how to open it, as {@link RunStoreContract} shows. A store that
 * cannot erase, or purge, says so by {@code erases()} or {@code purges()}: the rules then ask that it refuses.
 */
public abstract class StoreContract extends RunStoreContract
        implements BudgetRules, CostRules, AuditRules, ErasureRules, PurgeRules {

    /** For those who extend this class. */
    protected StoreContract() {}

    /** Whether the store can erase subjects. */
    @Override
    public boolean erases() {
        return true;
    }

    /** Whether the store can purge runs. */
    @Override
    public boolean purges() {
        return true;
    }

    @Override
    boolean sharesBudgets() {
        return true;
    }
}
