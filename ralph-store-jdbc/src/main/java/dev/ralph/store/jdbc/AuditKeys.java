/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.ConfigurationException;
import dev.ralph.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys the audit trail is signed with, kept outside the database. The first signs, all of them verify, so a new one is
 * put in front and the old ones stay for as long as there are entries of theirs. Immutable; shows no key.
 */
public final class AuditKeys {

    /** No key: entries are not signed, and cannot be verified. */
    public static final AuditKeys NONE = new AuditKeys(new LinkedHashMap<>());

    static final String ALGORITHM = "HmacSHA256";

    private static final int LEAST_BYTES = 32;
    private static final int ID_BYTES = 8;
    private static final String FIX = "; make one with: openssl rand -base64 32";

    private final Map<String, SecretKey> keys;

    private AuditKeys(Map<String, SecretKey> keys) {
        this.keys = keys;
    }

    /**
     * Reads keys in base64, separated by commas, of 32 bytes or more each.
     *
     * @throws ConfigurationException if one is malformed or too short, or is there twice; the message names the secret and
     *     which key of it, and shows none
     */
    public static AuditKeys of(Secret secret) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        String[] texts = secret.reveal().split(",", -1);
        for (int i = 0; i < texts.length; i++) {
            String which = "key " + (i + 1) + " of " + texts.length + " in " + secret.name();
            byte[] bytes = decoded(texts[i].strip(), which);
            if (keys.put(id(bytes), new SecretKeySpec(bytes, ALGORITHM)) != null) {
                throw new ConfigurationException(which + " is there twice; remove one");
            }
            Arrays.fill(bytes, (byte) 0);
        }
        return new AuditKeys(keys);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The ids under which rows say what they were signed with; the first is that of the key that signs. */
    public Set<String> ids() {
        return Set.copyOf(keys.keySet());
    }

    /** The id of the key that signs. */
    String current() {
        return keys.keySet().iterator().next();
    }

    boolean knows(String id) {
        return keys.containsKey(id);
    }

    byte[] mac(String id, byte[] message) {
        SecretKey key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("no audit key " + id);
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "AuditKeys" + keys.keySet();
    }

    private static byte[] decoded(String text, String which) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // The cause shows a character of it.
            throw new ConfigurationException(which + " is not base64" + FIX);
        }
        if (bytes.length < LEAST_BYTES) {
            throw new ConfigurationException(
                    which + " has " + bytes.length + " bytes, but must have " + LEAST_BYTES + " or more" + FIX);
        }
        return bytes;
    }

    /** Tells keys apart, and tells nothing of them. */
    private static String id(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("ralph audit key".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(key), 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
