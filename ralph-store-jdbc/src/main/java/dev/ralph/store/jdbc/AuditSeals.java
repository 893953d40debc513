/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The seals of the audit trail's batches. Thread-safe. */
final class AuditSeals {

    private static final String COLUMNS =
            "batch, first_id, last_id, row_count, signed_from, digest, previous, key_id, mac, sealed_at";

    private static final int PART = 50;

    private static final String UP_TO =
            "SELECT " + COLUMNS + " FROM audit.seals WHERE batch <= :batch ORDER BY batch DESC LIMIT :max";

    private static final String TAKEN = "SELECT count(*) FROM audit.seals WHERE batch = :batch";

    private static final String LAST_BEFORE = "SELECT " + COLUMNS + """
         FROM audit.seals
        WHERE batch < COALESCE(
            (SELECT min(batch) FROM audit.seals WHERE sealed_at >= :time), (SELECT max(batch) + 1 FROM audit.seals))
        ORDER BY batch DESC LIMIT 1\
        """;

    private static final String AFTER =
            "SELECT " + COLUMNS + " FROM audit.seals WHERE batch > :batch ORDER BY batch LIMIT :max";

    private static final String INSERT = """
        INSERT INTO audit.seals (
            batch, first_id, last_id, row_count, signed_from, digest, previous, key_id, mac, sealed_at)
        VALUES (:batch, :first, :last, :rows, :signedFrom, :digest, :previous, :key, :mac, :at)\
        """;

    /** Where the chain ends. Whoever may add seals can add one that is not genuine. */
    End end(Handle handle, AuditSigner signer) {
        AuditSeal bogus = null;
        long from = Long.MAX_VALUE;
        List<AuditSeal> part;
        do {
            part = handle.createQuery(UP_TO)
                    .bind("batch", from)
                    .bind("max", PART)
                    .map((row, context) -> seal(row))
                    .list();
            for (AuditSeal seal : part) {
                if (signer.isGenuine(seal)) {
                    return new End(seal, bogus);
                }
                bogus = seal;
                from = seal.batch() - 1;
            }
        } while (part.size() == PART);
        return new End(null, bogus);
    }

    /** The first number from {@code batch} on that no seal has, genuine or not. */
    long free(Handle handle, long batch) {
        long free = batch;
        while (handle.createQuery(TAKEN).bind("batch", free).mapTo(Long.class).one() > 0) {
            free++;
        }
        return free;
    }

    /**
     * The end of the chain.
     *
     * @param last the last genuine seal; null if there is none
     * @param bogus the first one after it, which is not; null if there is none
     */
    record End(@Nullable AuditSeal last, @Nullable AuditSeal bogus) {

        /** The last id that is sealed, or 0. */
        long sealedThrough() {
            return last == null ? 0 : last.lastId();
        }
    }

    Optional<AuditSeal> lastBefore(Handle handle, Instant time) {
        return handle.createQuery(LAST_BEFORE)
                .bind("time", Bound.time(time))
                .map((row, context) -> seal(row))
                .findOne();
    }

    List<AuditSeal> after(Handle handle, long batch, int max) {
        return handle.createQuery(AFTER)
                .bind("batch", batch)
                .bind("max", max)
                .map((row, context) -> seal(row))
                .list();
    }

    void insert(Handle handle, AuditSeal seal) {
        HexFormat hex = HexFormat.of();
        handle.createUpdate(INSERT)
                .bind("batch", seal.batch())
                .bind("first", seal.firstId())
                .bind("last", seal.lastId())
                .bind("rows", seal.rows())
                .bind("signedFrom", seal.signedFrom())
                .bind("digest", Bound.bytes(hex.parseHex(seal.digest())))
                .bind("previous", Bound.bytes(hex.parseHex(seal.previous())))
                .bind("key", seal.keyId())
                .bind("mac", Bound.bytes(hex.parseHex(seal.mac())))
                .bind("at", Bound.time(seal.sealedAt()))
                .execute();
    }

    private static AuditSeal seal(ResultSet row) throws SQLException {
        HexFormat hex = HexFormat.of();
        return new AuditSeal(
                row.getLong("batch"),
                row.getLong("first_id"),
                row.getLong("last_id"),
                row.getInt("row_count"),
                row.getLong("signed_from"),
                hex.formatHex(row.getBytes("digest")),
                hex.formatHex(row.getBytes("previous")),
                row.getString("key_id"),
                hex.formatHex(row.getBytes("mac")),
                StoredTime.get(row, "sealed_at"));
    }
}
