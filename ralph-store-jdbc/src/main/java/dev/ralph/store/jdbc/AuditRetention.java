/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunId;
import dev.ralph.StoreUnavailableException;
import dev.ralph.audit.AuditActions;
import dev.ralph.audit.AuditEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Makes room for entries to come, and drops months of the audit trail that are past their retention. Each time a signed entry
 * says so, which is why verifying does not take them for missing. Thread-safe; may be repeated at any time.
 */
final class AuditRetention {

    /** The detail that says up to which id entries are gone. */
    static final String THROUGH = "through";

    private static final int MONTHS_AHEAD = 3;
    private static final String MAINTENANCE = "store:maintenance";

    private final Database database;
    private final Dialect dialect;
    private final AuditRows rows;
    private final @Nullable Duration retention;

    AuditRetention(Database database, Dialect dialect, AuditRows rows, @Nullable Duration retention) {
        this.database = database;
        this.dialect = dialect;
        this.rows = rows;
        this.retention = retention;
    }

    /** Makes the partitions of the next months. */
    int makePartitions() {
        return dialect == Dialect.H2
                ? 0
                : database.write(handle -> handle.createQuery("SELECT audit.make_partitions(:months)")
                        .bind("months", MONTHS_AHEAD)
                        .mapTo(Integer.class)
                        .one());
    }

    /** What was done, with {@code report} before it. */
    MaintenanceReport maintain(MaintenanceReport report) {
        int made = 0;
        int dropped = 0;
        try {
            made = makePartitions();
            if (retention != null) {
                for (LocalDate month : expired(retention)) {
                    dropped += database.write(handle -> drop(handle, month)) ? 1 : 0;
                }
            }
            return report.with(made, dropped, true);
        } catch (StoreUnavailableException e) {
            if (SqlFailures.isLockTimeout(e)) {
                return report.with(made, dropped, false);
            }
            throw e;
        }
    }

    private List<LocalDate> expired(Duration kept) {
        if (dialect == Dialect.POSTGRESQL) {
            return database.read(
                    handle -> handle.createQuery("SELECT audit.expired_months(:seconds * interval '1 second')")
                            .bind("seconds", kept.toSeconds())
                            .mapTo(LocalDate.class)
                            .list());
        }
        YearMonth first = YearMonth.from(clock().minus(kept));
        return database.read(handle -> handle.createQuery("SELECT min(timestamp) FROM audit.activity_log")
                        .mapTo(OffsetDateTime.class)
                        .findOne())
                .map(oldest -> YearMonth.from(oldest.withOffsetSameInstant(ZoneOffset.UTC)))
                .filter(oldest -> oldest.isBefore(first))
                .map(oldest -> oldest.atDay(1)
                        .datesUntil(first.atDay(1), Period.ofMonths(1))
                        .toList())
                .orElse(List.of());
    }

    private boolean drop(Handle handle, LocalDate month) {
        Optional<Long> through = dialect == Dialect.POSTGRESQL
                ? handle.createQuery("SELECT audit.drop_partition(:month)")
                        .bind("month", month)
                        .mapTo(Long.class)
                        .findOne()
                : delete(handle, month);
        through.ifPresent(highest -> rows.insert(handle, List.of(dropped(month, highest))));
        return through.isPresent();
    }

    /** H2 has no partitions. */
    private static Optional<Long> delete(Handle handle, LocalDate month) {
        OffsetDateTime end = month.plusMonths(1).atStartOfDay().atOffset(ZoneOffset.UTC);
        Optional<Long> highest = handle.createQuery("SELECT max(id) FROM audit.activity_log WHERE timestamp < :end")
                .bind("end", end)
                .mapTo(Long.class)
                .findOne();
        handle.createUpdate("DELETE FROM audit.activity_log WHERE timestamp < :end")
                .bind("end", end)
                .execute();
        return highest;
    }

    private AuditEntry dropped(LocalDate month, long through) {
        Instant now = clock().toInstant();
        return new AuditEntry(
                RunId.create(now).value(),
                now,
                MAINTENANCE,
                null,
                AuditActions.PARTITION_DROPPED,
                "audit/" + YearMonth.from(month),
                null,
                null,
                AuditEntry.DONE,
                MAINTENANCE,
                Map.of(THROUGH, Long.toString(through)));
    }

    private OffsetDateTime clock() {
        return database.read(handle -> handle.createQuery("SELECT " + dialect.clock())
                        .mapTo(OffsetDateTime.class)
                        .one())
                .withOffsetSameInstant(ZoneOffset.UTC);
    }
}
