/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes room for runs to come, and removes those past retention. Thread-safe; may be repeated at any time. */
final class Retention {

    /** Runs deleted in one transaction: few enough to hold up nobody. */
    private static final int BATCH = 1_000;

    /** In a file that processes use by turns, everybody waits for the transaction. */
    private static final int H2_BATCH = 20;

    private static final List<String> RUN_TABLES =
            List.of("specs", "attempts", "iterations", "gates", "checkpoints", "events", "commands");

    private static final String ENDED = "o.status IN " + StatusSql.ENDED;

    /** Whoever told a run to go on after its end wants it. */
    static final String NOT_RETRIED = " AND NOT EXISTS (SELECT 1 FROM ralph.commands c WHERE c.run_id = o.id"
            + " AND c.number > o.commands_through AND c.kind = 'RETRY')";

    private static final String ENDED_BEFORE =
            ENDED + " AND COALESCE(o.completed_at, o.updated_at) < :before" + NOT_RETRIED;

    private final Database database;
    private final Dialect dialect;
    private final int batch;
    private final String deletable;
    private final Partitions partitions;
    private final @Nullable Duration retention;

    Retention(Database database, Dialect dialect, @Nullable Duration retention) {
        this.database = database;
        this.dialect = dialect;
        this.retention = retention;
        this.partitions = new Partitions(database);
        this.batch = dialect == Dialect.H2 ? H2_BATCH : BATCH;
        this.deletable = ENDED + " AND COALESCE(o.completed_at, o.updated_at) < " + dialect.clockPlusMicros(":micros")
                + NOT_RETRIED;
    }

    /** Makes the partitions of the next months as far as none of them takes long; maintenance makes the rest. */
    void prepare() {
        if (dialect == Dialect.POSTGRESQL) {
            partitions.make(false);
        }
    }

    MaintenanceReport maintain() {
        Progress done = new Progress();
        try {
            if (dialect == Dialect.POSTGRESQL) {
                Partitions.Made made = partitions.make(true);
                done.made = made.count();
                done.complete = made.all();
            }
            if (retention != null) {
                deleteSingly(done, retention);
                if (dialect == Dialect.POSTGRESQL) {
                    dropMonths(done, retention);
                    deleteOrphans();
                }
            }
        } catch (StoreUnavailableException e) {
            if (!SqlFailures.isTimeout(e)) {
                throw e;
            }
            done.complete = false;
        }
        return done.report();
    }

    /** Removes the runs that ended before a moment, whatever the retention. Returns how many. */
    long purge(Instant endedBefore) {
        long purged = 0;
        List<UUID> found;
        UUID after = new UUID(0, 0);
        do {
            UUID begin = after;
            found = database.read(handle -> handle.createQuery("SELECT o.id FROM ralph.orchestrations o WHERE "
                            + ENDED_BEFORE + " AND o.id > :after ORDER BY o.id LIMIT :batch")
                    .bind("before", StoredTime.of(endedBefore))
                    .bind("after", begin)
                    .bind("batch", batch)
                    .mapTo(UUID.class)
                    .list());
            List<UUID> runs = found;
            purged += database.write(handle -> runs.stream()
                    .mapToInt(run -> purge(handle, run, endedBefore))
                    .sum());
            after = found.isEmpty() ? after : found.get(found.size() - 1);
        } while (found.size() == batch);
        return purged;
    }

    /** It may be told to go on meanwhile. */
    private static int purge(Handle handle, UUID run, Instant endedBefore) {
        if (!RunRows.lock(handle, run)) {
            return 0;
        }
        int deleted = handle.createUpdate("DELETE FROM ralph.orchestrations o WHERE o.id = :run AND " + ENDED_BEFORE)
                .bind("run", run)
                .bind("before", StoredTime.of(endedBefore))
                .execute();
        if (deleted == 1) {
            deleteRecords(handle, run, RUN_TABLES);
        }
        return deleted;
    }

    /** The runs of a month go before their records: whoever still reads finds a run whole or not at all. */
    private void dropMonths(Progress done, Duration kept) {
        for (Month month : expired(kept)) {
            Set<String> covering = partitions.covering(month.first, RUN_TABLES);
            List<String> others = RUN_TABLES.stream()
                    .filter(table -> !covering.contains(table))
                    .toList();
            delete(
                    done,
                    kept,
                    "SELECT o.id FROM ralph.orchestrations o WHERE o.id >= :from AND o.id < :to AND " + deletable,
                    Map.of("from", month.from, "to", month.to),
                    others);
            for (String table : RUN_TABLES) {
                if (covering.contains(table)) {
                    boolean dropped = partitions.drop(table, month.first);
                    done.dropped += dropped ? 1 : 0;
                    done.complete &= dropped;
                }
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

    /** Runs that no month covers; in H2, that is all of them. */
    private void deleteSingly(Progress done, Duration kept) {
        String specs = dialect == Dialect.H2 ? "ralph.specs" : "ralph.specs_default";
        delete(
                done,
                kept,
                "SELECT o.id FROM " + specs + " s JOIN ralph.orchestrations o ON o.id = s.run_id WHERE " + deletable,
                Map.of(),
                RUN_TABLES);
    }

    /**
     * Deletes runs and what they recorded in some tables. They are locked first and looked at again, since a run may be told
     * to go on meanwhile.
     */
    private void delete(Progress done, Duration kept, String find, Map<String, UUID> range, List<String> tables) {
        int deleted;
        do {
            deleted = database.write(handle -> {
                List<UUID> runs = handle.createQuery(find + " LIMIT :batch" + lock())
                        .bindMap(range)
                        .bind("micros", -micros(kept))
                        .bind("batch", batch)
                        .mapTo(UUID.class)
                        .list();
                return runs.stream()
                        .mapToInt(run -> delete(handle, run, kept, tables))
                        .sum();
            });
            done.deleted += deleted;
        } while (deleted == batch);
    }

    private int delete(Handle handle, UUID run, Duration kept, List<String> tables) {
        int deleted = handle.createUpdate("DELETE FROM ralph.orchestrations o WHERE o.id = :run AND " + deletable)
                .bind("run", run)
                .bind("micros", -micros(kept))
                .execute();
        if (deleted == 1) {
            deleteRecords(handle, run, tables);
        }
        return deleted;
    }

    private static void deleteRecords(Handle handle, UUID run, List<String> tables) {
        tables.forEach(table -> handle.createUpdate("DELETE FROM ralph." + table + " WHERE run_id = :run")
                .bind("run", run)
                .execute());
    }

    private String lock() {
        return dialect == Dialect.H2 ? "" : " FOR UPDATE OF o SKIP LOCKED";
    }

    /** Records of runs that are gone: a partition was detached by hand, say, or a table was restored. */
    private void deleteOrphans() {
        for (String table : RUN_TABLES) {
            long gone;
            do {
                gone = database.write(handle -> handle.createQuery("SELECT ralph.delete_orphans(:table, :batch)")
                        .bind("table", table)
                        .bind("batch", batch)
                        .mapTo(Long.class)
                        .one());
            } while (gone == batch);
        }
    }

    private static long micros(Duration kept) {
        return TimeUnit.SECONDS.toMicros(kept.toSeconds());
    }

    private record Month(LocalDate first, UUID from, UUID to) {}

    /** What is done so far, should a lock stop the rest. */
    private static final class Progress {

        private int made;
        private int dropped;
        private long deleted;
        private boolean complete = true;

        MaintenanceReport report() {
            return new MaintenanceReport(made, dropped, deleted, complete);
        }
    }
}
