/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit trail in the form in which it is stored, signed and read back.
 *
 * @param details a JSON object of texts
 * @param address an IP address in Java's form; with the length of its prefix if that is not all of it
 * @param keyId which key it is signed with; null if with none
 * @param mac in hexadecimal digits; null if it is not signed
 */
record StoredAudit(
        UUID entryId,
        Instant at,
        String userId,
        String action,
        String resource,
        String details,
        @Nullable String address,
        @Nullable UUID run,
        @Nullable String tenant,
        String outcome,
        String node,
        @Nullable String keyId,
        @Nullable String mac) {

    StoredAudit signed(String key, String signature) {
        return new StoredAudit(
                entryId, at, userId, action, resource, details, address, run, tenant, outcome, node, key, signature);
    }

    /**
     * A row of the table.
     *
     * @param id its place in the trail
     */
    record Row(long id, StoredAudit stored) {}
}
