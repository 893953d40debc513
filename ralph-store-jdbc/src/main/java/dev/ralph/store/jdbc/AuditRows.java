/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.audit.AuditEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The rows of the audit trail: adds them within the transaction of what they tell of, and reads them. Thread-safe. */
final class AuditRows {

    /** What {@link #row} reads, of a table called {@code a}. */
    static final String COLUMNS = """
        a.id, a.timestamp, a.user_id, a.action, a.resource, CAST(a.details AS varchar) AS details,
        CAST(a.ip_address AS varchar) AS ip_address, a.entry_id, a.run_id, a.tenant, a.outcome, a.node, a.key_id,
        a.mac\
        """;

    /** What a condition on a table called {@code a} adds, or PostgreSQL does not use these indexes. */
    static final String NOT_OF_NODES = " AND a.user_id NOT LIKE 'node:%'";

    private static final String TAKE_TURN = "SELECT turn FROM audit.turns WHERE turn = 1 FOR UPDATE";

    private static final String TAKE_ENTRY = "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:entry, 1))";
    private static final String IS_THERE = "SELECT count(*) FROM audit.activity_log a WHERE a.entry_id = :entry";

    private final AuditForm form;
    private final AuditSigner signer;
    private final Dialect dialect;
    private final String insert;

    AuditRows(AuditForm form, AuditSigner signer, Dialect dialect) {
        this.form = form;
        this.signer = signer;
        this.dialect = dialect;
        insert = """
            INSERT INTO audit.activity_log (
                timestamp, user_id, action, resource, details, ip_address, entry_id, run_id, tenant, outcome, node,
                key_id, mac)
            VALUES (
                :auditAt, :auditUser, :auditAction, :auditResource, %s, %s, :auditEntry, :auditRun, :auditTenant,
                :auditOutcome, :auditNode, :auditKey, :auditMac)\
            """.formatted(dialect.json(":auditDetails"), dialect.address(":auditAddress"));
    }

    /**
     * Adds entries within a transaction that has written already. The last it does: in H2, whoever adds entries waits for
     * those who did to commit.
     */
    void insert(Handle handle, List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        if (dialect == Dialect.H2) {
            handle.createQuery(TAKE_TURN).mapTo(Integer.class).one();
        }
        for (AuditEntry entry : entries) {
            bind(handle.createUpdate(insert), entry).execute();
        }
    }

    /** Adds an entry, unless it is there: whoever does not know whether it was added may do it again. */
    void insertOnce(Handle handle, AuditEntry entry) {
        if (dialect == Dialect.H2) {
            handle.createQuery(TAKE_TURN).mapTo(Integer.class).one();
        } else {
            handle.createQuery(TAKE_ENTRY)
                    .bind("entry", entry.id().toString())
                    .mapTo(Integer.class)
                    .one();
        }
        if (!isThere(handle, entry)) {
            insert(handle, List.of(entry));
        }
    }

    private static boolean isThere(Handle handle, AuditEntry entry) {
        Query query = isOfNode(entry.principal())
                ? handle.createQuery(IS_THERE + " AND a.timestamp = :at").bind("at", Bound.time(entry.at()))
                : handle.createQuery(IS_THERE + NOT_OF_NODES);
        return query.bind("entry", Bound.id(entry.id())).mapTo(Long.class).one() > 0;
    }

    /** Whether the indexes of users and entry ids leave out what {@code principal} did. */
    static boolean isOfNode(String principal) {
        return principal.startsWith("node:");
    }

    /** Whether {@link #with} can be used. */
    boolean goesWithOthers() {
        return dialect == Dialect.POSTGRESQL;
    }

    /** A statement that adds an entry beside what {@code statement} does, in one round trip; for {@link #bind}. */
    String with(String statement) {
        return "WITH audited AS (" + insert + ") " + statement;
    }

    <S extends SqlStatement<S>> S bind(S statement, AuditEntry entry) {
        StoredAudit row = signer.sign(form.stored(entry));
        return statement
                .bind("auditAt", Bound.time(row.at()))
                .bind("auditUser", Bound.text(row.userId()))
                .bind("auditAction", Bound.text(row.action()))
                .bind("auditResource", Bound.text(row.resource()))
                .bind("auditDetails", Bound.text(row.details()))
                .bind("auditAddress", Bound.text(row.address()))
                .bind("auditEntry", Bound.id(row.entryId()))
                .bind("auditRun", Bound.idOrNull(row.run()))
                .bind("auditTenant", Bound.text(row.tenant()))
                .bind("auditOutcome", Bound.text(row.outcome()))
                .bind("auditNode", Bound.text(row.node()))
                .bind("auditKey", Bound.text(row.keyId()))
                .bind("auditMac", Bound.bytesOrNull(bytes(row.mac())));
    }

    AuditEntry entry(StoredAudit stored) {
        return form.entry(stored);
    }

    static StoredAudit.Row row(ResultSet row) throws SQLException {
        return new StoredAudit.Row(
                row.getLong("id"),
                new StoredAudit(
                        row.getObject("entry_id", UUID.class),
                        StoredTime.within(StoredTime.get(row, "timestamp")),
                        row.getString("user_id"),
                        row.getString("action"),
                        row.getString("resource"),
                        row.getString("details"),
                        StoredAddress.of(row.getString("ip_address")),
                        row.getObject("run_id", UUID.class),
                        row.getString("tenant"),
                        row.getString("outcome"),
                        row.getString("node"),
                        row.getString("key_id"),
                        hex(row.getBytes("mac"))));
    }

    static @Nullable String hex(byte @Nullable [] bytes) {
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }

    static byte @Nullable [] bytes(@Nullable String hex) {
        return hex == null ? null : HexFormat.of().parseHex(hex);
    }
}
