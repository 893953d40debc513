/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.ConfigurationException;
import dev.ralph.spi.Secret;
import java.util.Set;

/**
 * The keys that content is encrypted under, kept outside the database. They wrap data keys, which lie in the database and seal
 * the content: the first wraps, all of them unwrap. A new one is first put behind the old one on every node, then in front
 * of it; the old one can go once {@link JdbcStore#maintain} has wrapped every data key anew. Immutable; shows no key.
 */
public final class EncryptionKeys {

    /** No key: content is stored in clear. */
    public static final EncryptionKeys NONE = new EncryptionKeys(KeyRing.EMPTY);

    private static final int BYTES = 32;

    private final KeyRing ring;

    private EncryptionKeys(KeyRing ring) {
        this.ring = ring;
    }

    /**
     * Reads keys in base64, separated by commas, of 32 bytes each.
     *
     * @throws ConfigurationException if one is malformed or of another length, or is there twice; the message names the secret
     *     and which key of it, and shows none
     */
    public static EncryptionKeys of(Secret secret) {
        return new EncryptionKeys(KeyRing.of(secret, "encryption", AesGcm.ALGORITHM, BYTES, BYTES));
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return ring.isEmpty();
    }

    /** The ids under which data keys say what wraps them. */
    public Set<String> ids() {
        return ring.ids();
    }

    KeyRing ring() {
        return ring;
    }

    @Override
    public String toString() {
        return "EncryptionKeys" + ring;
    }
}
