/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.InvalidValueException;
import dev.ralph.Page;
import dev.ralph.audit.AuditActions;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditHead;
import dev.ralph.audit.AuditLog;
import dev.ralph.audit.AuditQuery;
import dev.ralph.audit.AuditRecord;
import dev.ralph.audit.AuditVerification;
import org.jspecify.annotations.Nullable;

/** The audit trail in the database. Thread-safe. */
final class JdbcAuditLog implements AuditLog {

    private final Database database;
    private final AuditRows rows;
    private final AuditListing listing;
    private final AuditReads reads;
    private final AuditSigner signer;
    private final AuditForm form;
    private final PersonalFields personal;

    JdbcAuditLog(
            Database database,
            AuditRows rows,
            AuditListing listing,
            AuditReads reads,
            AuditSigner signer,
            AuditForm form,
            PersonalFields personal) {
        this.database = database;
        this.rows = rows;
        this.listing = listing;
        this.reads = reads;
        this.signer = signer;
        this.form = form;
        this.personal = personal;
    }

    @Override
    public void record(AuditEntry entry) {
        AuditActions.requireOfHost(entry);
        AuditEntry stored = personal.stored(entry);
        database.change(handle -> rows.insertOnce(handle, stored));
    }

    /** {@inheritDoc} From the read-only copy if the store has one; that may lag behind. */
    @Override
    public Page<AuditRecord> list(AuditQuery query) {
        Page<AuditRecord> page = listing.list(query);
        personal.prepare(page.items().stream().map(AuditRecord::entry).toList());
        return new Page<>(
                page.items().stream()
                        .map(record ->
                                new AuditRecord(record.number(), personal.clear(record.entry()), record.signedBy()))
                        .toList(),
                page.next());
    }

    @Override
    public AuditVerification verify(@Nullable AuditHead since, @Nullable AuditHead expected) {
        if (since != null && expected != null && expected.batch() < since.batch()) {
            throw new InvalidValueException(
                    "head", expected, "is before " + since + ", after which verifying is to begin; swap them");
        }
        return new AuditVerifier(reads, signer, form, since, expected).verify();
    }
}
