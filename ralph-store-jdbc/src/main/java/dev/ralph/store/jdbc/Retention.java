/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.StoreUnavailableException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes room for runs to come, and removes those past retention. Thread-safe; may be repeated at any time. */
final class Retention {

    private static final int MONTHS_AHEAD = 3;

    /** Runs deleted in one transaction: few enough to hold up nobody. */
    private static final int BATCH = 1_000;

    /** In a file that processes use by turns, everybody waits for the transaction. */
    private static final int H2_BATCH = 20;

    private static final List<String> RUN_TABLES =
            List.of("specs", "attempts", "iterations", "gates", "checkpoints", "events", "commands");

    private static final String ENDED = "o.status IN " + StatusSql.ENDED;

    private final Database database;
    private final Dialect dialect;
    private final int batch;
    private final String deletable;
    private final @Nullable Duration retention;

    Retention(Database database, Dialect dialect, @Nullable Duration retention) {
        this.database = database;
        this.dialect = dialect;
        this.retention = retention;
        this.batch = dialect == Dialect.H2 ? H2_BATCH : BATCH;
        String table = dialect == Dialect.H2 ? "ralph.specs" : "ralph.specs_default";
        deletable = "SELECT s.run_id FROM " + table + " s JOIN ralph.orchestrations o ON o.id = s.run_id WHERE " + ENDED
                + " AND COALESCE(o.completed_at, o.updated_at) < " + dialect.clockPlusMicros(":micros")
                + " LIMIT :batch";
    }

    /** Makes the partitions of the next months. */
    int makePartitions() {
        return dialect == Dialect.H2
                ? 0
                : database.write(handle -> handle.createQuery("SELECT ralph.make_partitions(:months)")
                        .bind("months", MONTHS_AHEAD)
                        .mapTo(Integer.class)
                        .one());
    }

    MaintenanceReport maintain() {
        Progress done = new Progress();
        try {
            done.made = makePartitions();
            if (retention != null) {
                if (dialect == Dialect.POSTGRESQL) {
                    dropMonths(done, retention);
                }
                deleteSingly(done, retention);
            }
            return done.report(true);
        } catch (StoreUnavailableException e) {
            if (SqlFailures.isLockTimeout(e)) {
                return done.report(false);
            }
            throw e;
        }
    }

    /** The runs of a month go before their records: whoever still reads finds a run whole or not at all. */
    private void dropMonths(Progress done, Duration kept) {
        for (Month month : expired(kept)) {
            int deleted;
            do {
                deleted = deleteRuns(month);
                done.deleted += deleted;
            } while (deleted == batch);
            for (String table : RUN_TABLES) {
                boolean dropped =
                        database.write(handle -> handle.createQuery("SELECT ralph.drop_partition(:table, :month)")
                                .bind("table", table)
                                .bind("month", month.first)
                                .mapTo(Boolean.class)
                                .one());
                done.dropped += dropped ? 1 : 0;
            }
        }
    }

    private List<Month> expired(Duration kept) {
        return database.read(handle -> handle.createQuery(
                        "SELECT month, from_id, to_id FROM ralph.expired_months(:seconds * interval '1 second')")
                .bind("seconds", kept.toSeconds())
                .map((row, context) -> new Month(
                        row.getObject("month", LocalDate.class),
                        row.getObject("from_id", UUID.class),
                        row.getObject("to_id", UUID.class)))
                .list());
    }

    private int deleteRuns(Month month) {
        return database.write(handle -> handle.createUpdate("DELETE FROM ralph.orchestrations WHERE id IN ("
                        + "SELECT o.id FROM ralph.orchestrations o WHERE o.id >= :from AND o.id < :to AND " + ENDED
                        + " LIMIT :batch)")
                .bind("from", month.from)
                .bind("to", month.to)
                .bind("batch", batch)
                .execute());
    }

    /** Runs that no month covers; in H2, that is all of them. */
    private void deleteSingly(Progress done, Duration kept) {
        List<UUID> expired;
        do {
            expired = database.write(handle -> {
                List<UUID> runs = handle.createQuery(deletable)
                        .bind("micros", -kept.toNanos() / 1_000)
                        .bind("batch", batch)
                        .mapTo(UUID.class)
                        .list();
                for (UUID run : runs) {
                    handle.createUpdate("DELETE FROM ralph.orchestrations WHERE id = :run")
                            .bind("run", run)
                            .execute();
                    RUN_TABLES.forEach(name -> handle.createUpdate("DELETE FROM ralph." + name + " WHERE run_id = :run")
                            .bind("run", run)
                            .execute());
                }
                return runs;
            });
            done.deleted += expired.size();
        } while (expired.size() == batch);
    }

    private record Month(LocalDate first, UUID from, UUID to) {}

    /** What is done so far, should a lock stop the rest. */
    private static final class Progress {

        private int made;
        private int dropped;
        private long deleted;

        MaintenanceReport report(boolean complete) {
            return new MaintenanceReport(made, dropped, deleted, complete);
        }
    }
}
