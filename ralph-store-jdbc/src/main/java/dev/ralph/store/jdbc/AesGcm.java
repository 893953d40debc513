/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authenticated encryption: AES-256 in Galois/Counter Mode with a random nonce of 96 bits and a tag of 128, as NIST
 * SP 800-38D has it, which allows 2^32 messages a key (8.3). Thread-safe.
 */
final class AesGcm {

    static final String ALGORITHM = "AES";

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    SecretKey newKey() {
        return key(random(KEY_BYTES));
    }

    static SecretKey key(byte[] bytes) {
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    /** Nonce, content and tag; {@code context} is needed again to open it. */
    byte[] seal(SecretKey key, byte[] context, byte[] content) {
        byte[] nonce = random(NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, context);
            byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(content.length));
            cipher.doFinal(content, 0, content.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    /**
     * The content.
     *
     * @param from where nonce, content and tag begin in {@code sealed}
     * @throws AEADBadTagException if it is not what was sealed with this key in this context
     */
    byte[] open(SecretKey key, byte[] context, byte[] sealed, int from) throws AEADBadTagException {
        if (sealed.length - from < NONCE_BYTES + TAG_BYTES) {
            throw new AEADBadTagException("too short");
        }
        byte[] nonce = Arrays.copyOfRange(sealed, from, from + NONCE_BYTES);
        int begin = from + NONCE_BYTES;
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, context).doFinal(sealed, begin, sealed.length - begin);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(context);
        return cipher;
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static IllegalStateException unavailable(GeneralSecurityException e) {
        return new IllegalStateException("every Java platform has " + CIPHER, e);
    }
}
