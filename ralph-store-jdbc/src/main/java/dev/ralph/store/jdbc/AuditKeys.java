/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.ConfigurationException;
import dev.ralph.spi.Secret;
import java.security.GeneralSecurityException;
import java.util.Set;
import javax.crypto.Mac;

/**
 * The keys the audit trail is signed with, kept outside the database. The first signs, all of them verify, so a new one is
 * put in front and the old ones stay for as long as there are entries of theirs. Immutable; shows no key.
 */
public final class AuditKeys {

    /** No key: entries are not signed, and cannot be verified. */
    public static final AuditKeys NONE = new AuditKeys(KeyRing.EMPTY);

    static final String ALGORITHM = "HmacSHA256";

    private static final int LEAST_BYTES = 32;

    private final KeyRing keys;

    private AuditKeys(KeyRing keys) {
        this.keys = keys;
    }

    /**
     * Reads keys in base64, separated by commas, of 32 bytes or more each.
     *
     * @throws ConfigurationException if one is malformed or too short, or is there twice; the message names the secret and
     *     which key of it, and shows none
     */
    public static AuditKeys of(Secret secret) {
        return new AuditKeys(KeyRing.of(secret, "audit", ALGORITHM, LEAST_BYTES, Integer.MAX_VALUE));
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The ids under which rows say what they were signed with; the first is that of the key that signs. */
    public Set<String> ids() {
        return keys.ids();
    }

    /** The id of the key that signs. */
    String current() {
        return keys.current();
    }

    boolean knows(String id) {
        return keys.knows(id);
    }

    byte[] mac(String id, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(keys.get(id));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "AuditKeys" + keys;
    }
}
