/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.ConfigurationException;

/** What the audit trail of a store is put together from. */
record AuditParts(
        AuditRows rows,
        AuditSealer sealer,
        AuditRetention retention,
        JdbcAuditLog log,
        AuditReads reads,
        AuditKeys keys) {

    /**
     * One command without the key would leave entries without a signature, which verifying takes for inserted from then on.
     *
     * @throws ConfigurationException if there is no key, and the trail is signed
     */
    void requireKey() {
        if (keys.isEmpty() && reads.isSealed()) {
            throw new ConfigurationException("the audit trail of this database is signed, and there is no key here; set"
                    + " AUDIT_KEY as its other nodes have it, for commands that only read as well");
        }
    }

    /**
     * Puts it together.
     *
     * @param listings may be a copy that is read only
     */
    static AuditParts of(
            Database database, Database listings, Dialect dialect, AuditConfig config, PersonalFields personal) {
        AuditForm form = new AuditForm();
        AuditSigner signer = new AuditSigner(config.keys(), form);
        AuditRows rows = new AuditRows(form, signer, dialect);
        AuditSeals seals = new AuditSeals();
        AuditReads reads = new AuditReads(database, seals);
        return new AuditParts(
                rows,
                new AuditSealer(database, dialect, signer, seals, config.sealRows(), dialect.clock()),
                new AuditRetention(database, dialect, rows, new AuditMonthCheck(reads, signer), config.retention()),
                new JdbcAuditLog(database, rows, new AuditListing(listings, rows), reads, signer, form, personal),
                reads,
                config.keys());
    }
}
