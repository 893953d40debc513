/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

/** What the audit trail of a store is put together from. */
record AuditParts(AuditRows rows, AuditSealer sealer, AuditRetention retention, JdbcAuditLog log) {

    /**
     * Puts it together.
     *
     * @param listings may be a copy that is read only
     */
    static AuditParts of(Database database, Database listings, Dialect dialect, AuditConfig config) {
        AuditForm form = new AuditForm();
        AuditSigner signer = new AuditSigner(config.keys(), form);
        AuditRows rows = new AuditRows(form, signer, dialect);
        AuditSeals seals = new AuditSeals();
        AuditReads reads = new AuditReads(database, seals);
        return new AuditParts(
                rows,
                new AuditSealer(database, dialect, signer, seals, config.sealRows(), dialect.clock()),
                new AuditRetention(database, dialect, rows, new AuditMonthCheck(reads, signer), config.retention()),
                new JdbcAuditLog(database, rows, new AuditListing(listings, rows), reads, signer, form));
    }
}
