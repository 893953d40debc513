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
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room for entries to come, and drops months of the audit trail that are past their retention. Each time a signed entry
 * says so, which is why verifying does not take them for missing. Thread-safe; may be repeated at any time.
 */
final class AuditRetention {

    private static final Logger LOG = LoggerFactory.getLogger(AuditRetention.class);

    private static final String DECLARE = "UPDATE audit.retention SET days = :days WHERE days IS DISTINCT FROM :days";

    private static final int MONTHS_AHEAD = 3;
    /** Who tells of months that were dropped. */
    static final String MAINTENANCE = "store:maintenance";

    private final Database database;
    private final Dialect dialect;
    private final AuditRows rows;
    private final AuditMonthCheck months;
    private final @Nullable Duration retention;

    AuditRetention(
            Database database, Dialect dialect, AuditRows rows, AuditMonthCheck months, @Nullable Duration retention) {
        this.database = database;
        this.dialect = dialect;
        this.rows = rows;
        this.months = months;
        this.retention = retention;
    }

    /** Tells the database the retention if this user may; else the owner has to. */
    void declare() {
        if (retention == null || dialect == Dialect.H2) {
            return;
        }
        boolean owner =
                database.read(handle -> handle.createQuery("SELECT has_table_privilege('audit.retention', 'UPDATE')")
                        .mapTo(Boolean.class)
                        .one());
        if (owner) {
            database.change(handle -> handle.createUpdate(DECLARE)
                    .bind("days", Math.toIntExact(retention.toDays()))
                    .execute());
        } else if (database.read(handle -> handle.createQuery("SELECT count(days) = 0 FROM audit.retention")
                .mapTo(Boolean.class)
                .one())) {
            LOG.warn("No month of the audit trail is dropped, though this node has a retention for it: the owner of the"
                    + " database has set none; see docs/audit.md");
        }
    }

    /** Makes the partitions of the next months, but for those of which the default partition has entries. */
    int makePartitions() {
        if (dialect == Dialect.H2) {
            return 0;
        }
        Partitions.Made made =
                database.write(handle -> handle.createQuery("SELECT made, refused FROM audit.make_partitions(:months)")
                        .bind("months", MONTHS_AHEAD)
                        .map((row, context) -> new Partitions.Made(row.getInt("made"), row.getInt("refused") == 0))
                        .one());
        if (!made.all()) {
            LOG.warn("Months of the audit trail get no partition, since entries of them are in activity_log_default"
                    + " already: a clock may have been wrong. They stay there");
        }
        return made.count();
    }

    /** What was done, with {@code report} before it. */
    MaintenanceReport maintain(MaintenanceReport report) {
        int made = 0;
        int dropped = 0;
        boolean all = true;
        try {
            made = makePartitions();
            if (retention != null) {
                for (LocalDate month : expired(retention)) {
                    Optional<AuditDrop> drop = months.look(YearMonth.from(month));
                    boolean gone = drop.isPresent() && database.write(handle -> drop(handle, drop.get()));
                    dropped += gone ? 1 : 0;
                    all &= gone || drop.map(none -> none.through() == 0).orElse(false);
                }
            }
            return report.with(made, dropped, all);
        } catch (StoreUnavailableException e) {
            if (SqlFailures.isTimeout(e)) {
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

    private boolean drop(Handle handle, AuditDrop drop) {
        boolean dropped = dialect == Dialect.POSTGRESQL
                ? handle.createQuery("SELECT audit.drop_partition(:month, :through)")
                        .bind("month", drop.month().atDay(1))
                        .bind("through", drop.through())
                        .mapTo(Boolean.class)
                        .one()
                : delete(handle, drop);
        if (dropped) {
            rows.insert(handle, List.of(told(drop)));
        }
        return dropped;
    }

    /** H2 has no partitions. Entries that came in since the month was looked at stay. */
    private static boolean delete(Handle handle, AuditDrop drop) {
        OffsetDateTime begin = drop.month().atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC);
        return handle.createUpdate("DELETE FROM audit.activity_log WHERE timestamp >= :begin AND timestamp < :end"
                                + " AND id <= :through")
                        .bind("begin", begin)
                        .bind("end", begin.plusMonths(1))
                        .bind("through", drop.through())
                        .execute()
                > 0;
    }

    private AuditEntry told(AuditDrop drop) {
        Instant now = clock().toInstant();
        return new AuditEntry(
                RunId.create(now).value(),
                now,
                MAINTENANCE,
                null,
                AuditActions.PARTITION_DROPPED,
                drop.resource(),
                null,
                null,
                AuditEntry.DONE,
                MAINTENANCE,
                drop.details());
    }

    private OffsetDateTime clock() {
        return database.read(handle -> handle.createQuery("SELECT " + dialect.clock())
                        .mapTo(OffsetDateTime.class)
                        .one())
                .withOffsetSameInstant(ZoneOffset.UTC);
    }
}
