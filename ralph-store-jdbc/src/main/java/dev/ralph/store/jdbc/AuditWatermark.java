/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Finds an id below which no entry can still appear. Ids are drawn before their transactions commit, so a lower one may
 * appear after a higher one. A transaction has its own id before it draws that of an entry. So: look which entry is the
 * highest, draw a transaction id after that, and wait until every transaction with a lower one has ended. The lowest open
 * one alone would not do: a snapshot knows nothing of those that began after the last one that ended. In H2, ids come in the
 * order of commits. Used by one thread at a time.
 */
final class AuditWatermark {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private static final String UNSEALED = """
        SELECT EXISTS (SELECT 1 FROM audit.activity_log WHERE id > :sealed AND id <= :drawn)\
        """;

    private static final String DRAWN = "SELECT COALESCE(pg_sequence_last_value('audit.activity_log_id'), 0)";

    private static final String HIGHEST = "SELECT COALESCE(max(id), 0) AS highest FROM audit.activity_log";

    /** The sub-select sees what was committed before this transaction had an id. */
    private static final String MARK = """
        SELECT (SELECT COALESCE(max(id), 0) FROM audit.activity_log WHERE id <= :drawn) AS highest,
            CAST(pg_current_xact_id() AS varchar) AS transaction\
        """;

    private static final String PASSED = "SELECT pg_snapshot_xmin(pg_current_snapshot()) >= CAST(:transaction AS xid8)";

    private final Database database;
    private final Dialect dialect;
    private @Nullable Mark pending;

    AuditWatermark(Database database, Dialect dialect) {
        this.database = database;
        this.dialect = dialect;
    }

    /**
     * The last id that was drawn. A row with a higher one was put there by hand: one with the highest there is would be the
     * last to be sealed ever.
     */
    long drawn() {
        return dialect == Dialect.H2
                ? Long.MAX_VALUE
                : database.read(
                        handle -> handle.createQuery(DRAWN).mapTo(Long.class).one());
    }

    /** Waits a moment for open transactions; if one goes on for longer, the next call goes on waiting. */
    Optional<Long> settled(long sealedThrough) {
        Mark mark = pending;
        if (mark == null) {
            long drawn = drawn();
            boolean unsealed = database.read(handle -> handle.createQuery(UNSEALED)
                    .bind("sealed", sealedThrough)
                    .bind("drawn", drawn)
                    .mapTo(Boolean.class)
                    .one());
            if (!unsealed) {
                return Optional.empty();
            }
            mark = database.write(handle -> mark(handle, drawn));
        }
        pending = mark;
        if (!hasPassed(mark)) {
            return Optional.empty();
        }
        pending = null;
        return Optional.of(mark.highest);
    }

    private Mark mark(Handle handle, long drawn) {
        if (dialect == Dialect.H2) {
            return new Mark(handle.createQuery(HIGHEST).mapTo(Long.class).one(), null);
        }
        return handle.createQuery(MARK)
                .bind("drawn", drawn)
                .map((row, context) -> new Mark(row.getLong("highest"), row.getString("transaction")))
                .one();
    }

    private boolean hasPassed(Mark mark) {
        if (mark.transaction == null) {
            return true;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long pause = FIRST_PAUSE.toNanos();
        while (!passed(mark.transaction)) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE.toNanos());
        }
        return true;
    }

    private boolean passed(String transaction) {
        return database.read(handle -> handle.createQuery(PASSED)
                .bind("transaction", transaction)
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * Where to.
     *
     * @param transaction the id of a transaction that began after the highest entry was seen; null where it is not needed
     */
    private record Mark(long highest, @Nullable String transaction) {}
}
