/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.log.LogText;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals what was added to the audit trail, batch by batch, each in one transaction. Any number of nodes may try at once: one
 * seals, the others find nothing to do. Holds up nobody who writes. Thread-safe.
 */
final class AuditSealer {

    private static final Logger LOG = LoggerFactory.getLogger(AuditSealer.class);

    private static final String TAKE_TURN = "SELECT pg_try_advisory_xact_lock(hashtextextended('audit.seals', 0))";
    private static final String TAKE_H2_TURN = "SELECT turn = 2 FROM audit.turns WHERE turn = 2 FOR UPDATE";

    private static final String ROWS = "SELECT " + AuditRows.COLUMNS
            + " FROM audit.activity_log a WHERE a.id > :after AND a.id <= :through ORDER BY a.id LIMIT :max";

    private final Database database;
    private final AuditSigner signer;
    private final AuditSeals seals;
    private final AuditWatermark watermark;
    private final int batchRows;
    private final String takeTurn;
    private final String clock;
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Seals by way of {@code database}.
     *
     * @param clock the expression of the database's time
     */
    AuditSealer(Database database, Dialect dialect, AuditSigner signer, AuditSeals seals, int batchRows, String clock) {
        this.database = database;
        this.signer = signer;
        this.seals = seals;
        this.watermark = new AuditWatermark(database, dialect);
        this.batchRows = batchRows;
        takeTurn = dialect == Dialect.H2 ? TAKE_H2_TURN : TAKE_TURN;
        this.clock = "SELECT " + clock;
    }

    /**
     * Seals all that can be sealed now. Without a key, that is nothing.
     *
     * @return how many batches
     */
    int seal() {
        if (signer.keys().isEmpty()) {
            return 0;
        }
        lock.lock();
        try {
            AuditSeals.End end = database.read(handle -> seals.end(handle, signer));
            if (!canFollow(end)) {
                return 0;
            }
            Optional<Long> through = watermark.settled(end.sealedThrough());
            int sealed = 0;
            while (through.isPresent() && sealNext(through.get())) {
                sealed++;
            }
            return sealed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A seal that is not genuine keeps nobody from sealing: its number is left out, and verify finds it. But one whose key is
     * not known here may well be genuine, and the chain must not fork.
     */
    private boolean canFollow(AuditSeals.End end) {
        AuditSeal bogus = end.bogus();
        if (bogus != null && !signer.keys().knows(bogus.keyId())) {
            LOG.error(
                    "Nothing of the audit trail is sealed here: batch {} has a seal of the key {}, which is not among those"
                            + " configured; add it to AUDIT_KEY, and if nobody has such a key, run verify",
                    bogus.batch(),
                    LogText.line(bogus.keyId()));
            return false;
        }
        if (bogus != null) {
            LOG.error(
                    "The seal of batch {} of the audit trail is not what was written; sealing goes on from entry {}; run"
                            + " verify",
                    bogus.batch(),
                    end.sealedThrough());
        }
        long drawn = watermark.drawn();
        if (end.sealedThrough() > drawn) {
            LOG.error(
                    "The audit trail is sealed up to entry {}, but its sequence has drawn {} only, so new entries go"
                            + " unsealed; set audit.activity_log_id to the highest id",
                    end.sealedThrough(),
                    drawn);
        }
        return true;
    }

    private boolean sealNext(long through) {
        return database.write(handle -> {
            if (!handle.createQuery(takeTurn).mapTo(Boolean.class).one()) {
                return false;
            }
            AuditSeals.End end = seals.end(handle, signer);
            Optional<AuditSeal> last = Optional.ofNullable(end.last());
            List<StoredAudit.Row> rows = handle.createQuery(ROWS)
                    .bind("after", last.map(AuditSeal::lastId).orElse(Long.MIN_VALUE))
                    .bind("through", through)
                    .bind("max", batchRows)
                    .map((row, context) -> AuditRows.row(row))
                    .list();
            if (rows.isEmpty()) {
                return false;
            }
            warn(rows);
            seals.insert(
                    handle,
                    signer.sign(next(
                            last,
                            seals.free(handle, last.map(AuditSeal::batch).orElse(0L) + 1),
                            rows,
                            through,
                            now(handle))));
            return true;
        });
    }

    private AuditSeal next(
            Optional<AuditSeal> last, long batch, List<StoredAudit.Row> rows, long through, Instant now) {
        AuditSigner.Digest digest = signer.digest();
        rows.forEach(digest::add);
        long lastId = rows.get(rows.size() - 1).id();
        return new AuditSeal(
                batch,
                last.map(seal -> seal.lastId() + 1).orElse(rows.get(0).id()),
                lastId,
                rows.size(),
                last.map(AuditSeal::signedFrom).orElseGet(() -> signedFrom(rows, through)),
                digest.done(),
                last.map(AuditSeal::mac).orElse(""),
                "",
                "",
                now);
    }

    /**
     * From where on every entry has to be signed. What was written before there was a key is not: if all of the first batch is
     * that, everything that is there now may be.
     */
    private static long signedFrom(List<StoredAudit.Row> first, long through) {
        return first.stream()
                .filter(row -> row.stored().mac() != null)
                .findFirst()
                .map(StoredAudit.Row::id)
                .orElse(through + 1);
    }

    private Instant now(Handle handle) {
        return handle.createQuery(clock).mapTo(OffsetDateTime.class).one().toInstant();
    }

    /** They are sealed nonetheless, as what was found; verify tells of them. */
    private void warn(List<StoredAudit.Row> rows) {
        long forged = rows.stream()
                .filter(row -> row.stored().mac() != null && !signer.isGenuine(row.stored()))
                .count();
        if (forged > 0) {
            LOG.error(
                    "{} of the audit entries {} to {} are not as a node with a known key wrote them; run verify",
                    forged,
                    rows.get(0).id(),
                    rows.get(rows.size() - 1).id());
        }
    }
}
