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
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Keys that are kept outside the database, in order: the first makes, all of them check. Immutable; shows no key. */
final class KeyRing {

    static final KeyRing EMPTY = new KeyRing(new LinkedHashMap<>());

    private static final int ID_BYTES = 8;
    private static final String FIX = "; make one with: openssl rand -base64 32";

    private final Map<String, SecretKey> keys;

    private KeyRing(Map<String, SecretKey> keys) {
        this.keys = keys;
    }

    /**
     * Reads keys in base64, separated by commas.
     *
     * @param purpose what they are for; part of their ids, so that those of one key for two purposes say nothing
     * @throws ConfigurationException if one is malformed or of a wrong length, or is there twice; the message names the
     *     secret and which key of it, and shows none
     */
    static KeyRing of(Secret secret, String purpose, String algorithm, int leastBytes, int mostBytes) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        String[] texts = secret.reveal().split(",", -1);
        for (int i = 0; i < texts.length; i++) {
            String which = "key " + (i + 1) + " of " + texts.length + " in " + secret.name();
            byte[] bytes = decoded(texts[i].strip(), which);
            if (bytes.length < leastBytes || bytes.length > mostBytes) {
                throw new ConfigurationException(which + " has " + bytes.length + " bytes, but must have " + leastBytes
                        + (mostBytes > leastBytes ? " or more" : "") + FIX);
            }
            if (keys.put(id(purpose, bytes), new SecretKeySpec(bytes, algorithm)) != null) {
                throw new ConfigurationException(which + " is there twice; remove one");
            }
            Arrays.fill(bytes, (byte) 0);
        }
        return new KeyRing(keys);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    Set<String> ids() {
        return Set.copyOf(keys.keySet());
    }

    /** The id of the first. */
    String current() {
        return keys.keySet().iterator().next();
    }

    boolean knows(String id) {
        return keys.containsKey(id);
    }

    SecretKey get(String id) {
        SecretKey key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("no key " + id);
        }
        return key;
    }

    @Override
    public String toString() {
        return keys.keySet().toString();
    }

    private static byte[] decoded(String text, String which) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // The cause shows a character of it.
            throw new ConfigurationException(which + " is not base64" + FIX);
        }
    }

    /** Tells keys apart, and tells nothing of them. */
    private static String id(String purpose, byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(("ralph " + purpose + " key").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(key), 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
