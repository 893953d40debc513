/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a store is put together from.
 *
 * @param owned closed with the store, last first
 */
record JdbcParts(
        Database database,
        RunRows rows,
        Creations creations,
        Claims claims,
        Renewals renewals,
        Steps steps,
        UsageNotes usageNotes,
        Events events,
        RecordQueries records,
        Commands commands,
        Budgets budgets,
        Listing listing,
        Costs costs,
        Retention retention,
        AtomicBoolean closed,
        List<Runnable> owned) {

    void close() {
        if (closed.compareAndSet(false, true)) {
            closeAll(owned);
        }
    }

    static void closeAll(List<Runnable> owned) {
        for (int i = owned.size() - 1; i >= 0; i--) {
            owned.get(i).run();
        }
    }
}
