/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.store.Subscriptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a store is put together from.
 *
 * @param signals tells other nodes and hears them; null if it may take no connection for that
 * @param work where the host's or the store's own pool gives connections
 * @param housekeeping where connections come from that other work must not starve
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
        DueRuns dueRuns,
        Retention retention,
        EncryptionParts encryption,
        Erasures erasures,
        AuditParts audit,
        Dialect dialect,
        RunQueue queue,
        Subscriptions subscriptions,
        QueueBell queueBell,
        @Nullable Signals signals,
        DataSource work,
        DataSource housekeeping,
        AtomicBoolean closed,
        List<Runnable> owned) {

    ContentForm content() {
        return encryption.content();
    }

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
