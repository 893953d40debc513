/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.spi.QueueStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts the runs that could be worked on and are not, whichever dispatcher sees to them. Thread-safe. */
final class DueRuns {

    /** The end of a lease that ran out, else of a delay or wait, else the step that left the run to whoever comes. */
    private static final String SINCE = "COALESCE(o.lease_until, o.wake_at, o.updated_at)";

    private final Database database;
    private final String count;

    /** The index on statuses leaves those that have ended, and are nearly all, alone. */
    DueRuns(Database database, Dialect dialect) {
        this.database = database;
        count = """
                SELECT count(*) AS due, min(%1$s) AS since, %2$s AS now FROM ralph.orchestrations o
                WHERE o.status IN ('QUEUED', 'RUNNING', 'WAITING')
                    AND (o.lease_until IS NULL OR o.lease_until <= %2$s)
                    AND (o.wake_at IS NULL OR o.wake_at <= %2$s)""".formatted(SINCE, dialect.clock());
    }

    QueueStatus status() {
        return database.read(handle ->
                handle.createQuery(count).map((row, context) -> status(row)).one());
    }

    private static QueueStatus status(ResultSet row) throws SQLException {
        return new QueueStatus(row.getLong("due"), age(StoredTime.orNull(row, "since"), StoredTime.get(row, "now")));
    }

    private static Duration age(@Nullable Instant since, Instant now) {
        return since == null || since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }
}
