/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of keys and set-up tokens: {@code ralph_<id>_<secret>}, in hexadecimal digits, so that scanners for secrets find
 * them. Secrets are 256 random bits, of which a hash is kept.
 *
 * <p>The hash is SHA-256. Slow hashes such as bcrypt are for passwords, which can be guessed one after the other; nobody guesses
 * 256 random bits, and a slow hash at each request would only serve who wants to keep this host busy.
 */
final class SecretText {

    /** How every key begins. */
    static final String KEY_PREFIX = "ralph_";

    private static final String SETUP_PREFIX = "ralph_setup_";
    private static final int ID_BYTES = 12;
    private static final int SECRET_BYTES = 32;
    private static final Pattern KEY = Pattern.compile(KEY_PREFIX + "([0-9a-f]{24})_([0-9a-f]{64})");
    private static final Pattern SETUP = Pattern.compile(SETUP_PREFIX + "([0-9a-f]{64})");
    private static final SecureRandom RANDOM = new SecureRandom();

    private SecretText() {}

    /**
     * A key as it is presented.
     *
     * @param id names the key; no secret
     * @param hash of the secret
     */
    record Presented(String id, String hash) {}

    static String newId() {
        return random(ID_BYTES);
    }

    static String newSecret() {
        return random(SECRET_BYTES);
    }

    static String key(String id, String secret) {
        return KEY_PREFIX + id + "_" + secret;
    }

    static String setupToken(String secret) {
        return SETUP_PREFIX + secret;
    }

    /** The parts of a key, if the text is one. */
    static Optional<Presented> readKey(String text) {
        Matcher form = KEY.matcher(text);
        return form.matches() ? Optional.of(new Presented(form.group(1), hash(form.group(2)))) : Optional.empty();
    }

    /** The hash of a set-up token, if the text is one. */
    static Optional<String> readSetupToken(String text) {
        Matcher form = SETUP.matcher(text);
        return form.matches() ? Optional.of(hash(form.group(1))) : Optional.empty();
    }

    static String hash(String secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** In a time that does not tell where they differ. */
    static boolean same(String hash, String other) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static String random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
