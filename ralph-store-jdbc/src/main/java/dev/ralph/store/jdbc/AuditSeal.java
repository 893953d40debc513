/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.audit.AuditHead;
import java.time.Instant;

/**
 * The seal of one batch of entries.
 *
 * @param batch counts from 1
 * @param firstId the first id it covers, whether there is an entry with it or not
 * @param lastId the last id it covers
 * @param rows entries in it
 * @param signedFrom entries from this id on have a signature; the same in all seals
 * @param digest of its entries, in hexadecimal digits, as all below
 * @param previous the mac of the seal before; empty in the first
 */
record AuditSeal(
        long batch,
        long firstId,
        long lastId,
        int rows,
        long signedFrom,
        String digest,
        String previous,
        String keyId,
        String mac,
        Instant sealedAt) {

    AuditSeal signed(String key, String signature) {
        return new AuditSeal(batch, firstId, lastId, rows, signedFrom, digest, previous, key, signature, sealedAt);
    }

    AuditHead head() {
        return new AuditHead(batch, mac);
    }
}
