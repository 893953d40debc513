/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Signs entries and seals, and tells genuine ones. Over what is stored, in a form of its own. Thread-safe. */
final class AuditSigner {

    private static final String ROW = "ralph.audit.row.1";
    private static final String SEAL = "ralph.audit.seal.1";
    private static final String SEALED_ROW = "ralph.audit.sealed-row.1";

    private final AuditKeys keys;
    private final AuditForm form;

    AuditSigner(AuditKeys keys, AuditForm form) {
        this.keys = keys;
        this.form = form;
    }

    AuditKeys keys() {
        return keys;
    }

    /** The same, signed if there is a key. */
    StoredAudit sign(StoredAudit row) {
        if (keys.isEmpty()) {
            return row;
        }
        String key = keys.current();
        return row.signed(key, mac(key, message(row, key)));
    }

    /** Whether a node with its key wrote it as it is. False without a signature, and for a key nobody knows here. */
    boolean isGenuine(StoredAudit row) {
        String key = row.keyId();
        String mac = row.mac();
        return key != null && mac != null && keys.knows(key) && same(mac, mac(key, message(row, key)));
    }

    AuditSeal sign(AuditSeal seal) {
        String key = keys.current();
        return seal.signed(key, mac(key, message(seal, key)));
    }

    boolean isGenuine(AuditSeal seal) {
        return keys.knows(seal.keyId()) && same(seal.mac(), mac(seal.keyId(), message(seal, seal.keyId())));
    }

    /** Digests the entries of one batch, one by one in the order of their ids. */
    Digest digest() {
        return new Digest();
    }

    /** Not thread-safe. */
    final class Digest {

        private final MessageDigest sha = sha256();

        void add(StoredAudit.Row row) {
            StoredAudit stored = row.stored();
            sha.update(new CanonicalBytes(SEALED_ROW)
                    .number(row.id())
                    .text(HexFormat.of().formatHex(message(stored, String.valueOf(stored.keyId()))))
                    .text(stored.keyId())
                    .text(stored.mac())
                    .done());
        }

        String done() {
            return HexFormat.of().formatHex(sha.digest());
        }
    }

    private byte[] message(StoredAudit row, String key) {
        CanonicalBytes bytes = new CanonicalBytes(ROW)
                .text(key)
                .id(row.entryId())
                .number(micros(row.at()))
                .text(row.userId())
                .text(row.action())
                .text(row.resource())
                .text(row.address())
                .id(row.run())
                .text(row.tenant())
                .text(row.outcome())
                .text(row.node());
        Optional<Map<String, String>> details = form.details(row.details());
        if (details.isEmpty()) {
            return bytes.number(-1).text(row.details()).done();
        }
        bytes.number(details.get().size());
        for (Map.Entry<String, String> detail : details.get().entrySet()) {
            bytes.text(detail.getKey()).text(detail.getValue());
        }
        return bytes.done();
    }

    private static byte[] message(AuditSeal seal, String key) {
        return new CanonicalBytes(SEAL)
                .text(key)
                .number(seal.batch())
                .number(seal.firstId())
                .number(seal.lastId())
                .number(seal.rows())
                .number(seal.signedFrom())
                .text(seal.digest())
                .text(seal.previous())
                .number(micros(seal.sealedAt()))
                .done();
    }

    private String mac(String key, byte[] message) {
        return HexFormat.of().formatHex(keys.mac(key, message));
    }

    private static long micros(Instant time) {
        // ChronoUnit counts nanoseconds, of which 292 years fit.
        Instant counted = StoredTime.within(time);
        return TimeUnit.SECONDS.toMicros(counted.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(counted.getNano());
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(StorableText.bytes(one), StorableText.bytes(other));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
