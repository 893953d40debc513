/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.audit.AuditActions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What verifying reads, a part at a time. Thread-safe. */
final class AuditReads {

    private static final int SEALS = 500;
    private static final int ROWS = 1_000;

    private static final String ROWS_AFTER = "SELECT " + AuditRows.COLUMNS
            + " FROM audit.activity_log a WHERE a.id >= :after AND (a.id > :after OR LEAST(a.timestamp, :lastTime) > :afterTime)"
            + " AND a.id <= :through ORDER BY a.id, a.timestamp LIMIT :max";

    /** An entry that was copied has an older one with its entry id, and with its time: its MAC has both. */
    private static final String COPIED = """
        SELECT min(a.id) FROM audit.activity_log a
        JOIN audit.activity_log b ON b.entry_id = a.entry_id AND b.timestamp = a.timestamp AND b.id < a.id
        WHERE a.id > :after AND a.id <= :through AND a.timestamp >= :from AND a.timestamp <= :to
            AND b.timestamp >= :from AND b.timestamp <= :to\
        """;

    /** Of a thousand entries. Most often they lie close together; a few are of nodes whose clocks were off. */
    private static final int SPANS = 8;

    private static final String BELOW = "SELECT min(id) FROM audit.activity_log WHERE id < :id";

    private static final String FIRST_FROM = "SELECT min(id) FROM audit.activity_log WHERE id >= :id";

    private static final String DROPPED = "SELECT " + AuditRows.COLUMNS
            + " FROM audit.activity_log a WHERE a.user_id = :user" + AuditRows.NOT_OF_NODES
            + " AND a.action = :action ORDER BY a.id DESC";

    private static final String ROWS_OF = "SELECT " + AuditRows.COLUMNS
            + " FROM audit.activity_log a WHERE a.id > :after AND a.timestamp >= :from AND a.timestamp < :to"
            + " ORDER BY a.id LIMIT :max";

    private final Database database;
    private final AuditSeals seals;

    AuditReads(Database database, AuditSeals seals) {
        this.database = database;
        this.seals = seals;
    }

    List<AuditSeal> sealsAfter(long batch) {
        return database.read(handle -> seals.after(handle, batch, SEALS));
    }

    /**
     * The next entries in a range of ids, at most a thousand. Two may have one id where somebody broke the table's rules.
     *
     * @param afterTime only later ones, of those that have the id {@code after}
     */
    List<StoredAudit.Row> rows(long after, Instant afterTime, long through) {
        return database.read(handle -> handle.createQuery(ROWS_AFTER)
                .bind("after", after)
                .bind("afterTime", Bound.time(afterTime))
                .bind("lastTime", Bound.time(StoredTime.LAST))
                .bind("through", through)
                .bind("max", ROWS)
                .map((row, context) -> AuditRows.row(row))
                .list());
    }

    /** The next entries of a span of time, at most a thousand. */
    List<StoredAudit.Row> rowsOf(Instant from, Instant to, long after) {
        return database.read(handle -> handle.createQuery(ROWS_OF)
                .bind("after", after)
                .bind("from", Bound.time(from))
                .bind("to", Bound.time(to))
                .bind("max", ROWS)
                .map((row, context) -> AuditRows.row(row))
                .list());
    }

    boolean isSealed() {
        return database.read(handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM audit.seals)")
                .mapTo(Boolean.class)
                .one());
    }

    Optional<AuditSeal> firstSeal() {
        return sealsAfter(0).stream().findFirst().filter(seal -> seal.batch() == 1);
    }

    /** The last of those that were all sealed before a time. */
    Optional<AuditSeal> lastSealBefore(Instant time) {
        return database.read(handle -> seals.lastBefore(handle, time));
    }

    /** The first entry of a part that is a copy of an earlier one. */
    Optional<Long> copyIn(List<StoredAudit.Row> part, long after) {
        long through = part.get(part.size() - 1).id();
        List<Instant> times = part.stream().map(row -> row.stored().at()).toList();
        return TimeSpan.covering(times, SPANS).stream()
                .flatMap(span -> copyIn(span, after, through).stream())
                .min(Comparator.naturalOrder());
    }

    private Optional<Long> copyIn(TimeSpan span, long after, long through) {
        return database.read(handle -> handle.createQuery(COPIED)
                .bind("after", after)
                .bind("through", through)
                .bind("from", Bound.time(span.from()))
                .bind("to", Bound.time(span.to()))
                .mapTo(Long.class)
                .findOne());
    }

    Optional<Long> below(long id) {
        return id(BELOW, id);
    }

    /** The lowest id that is there, from {@code id} on. */
    Optional<Long> firstFrom(long id) {
        return id(FIRST_FROM, id);
    }

    private Optional<Long> id(String sql, long id) {
        return database.read(handle ->
                handle.createQuery(sql).bind("id", id).mapTo(Long.class).findOne());
    }

    /** The entries that say which months were dropped: a few a year. */
    List<StoredAudit.Row> dropped() {
        return database.read(handle -> handle.createQuery(DROPPED)
                .bind("user", AuditRetention.MAINTENANCE)
                .bind("action", AuditActions.PARTITION_DROPPED)
                .map((row, context) -> AuditRows.row(row))
                .list());
    }
}
