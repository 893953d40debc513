/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.artifact;

import dev.ralph.spi.ArtifactId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals or opens the segments of one artifact, one after the other: AES-256-GCM (NIST SP 800-38D), chained as STREAM does it
 * (Hoang, Reyhanitabar, Rogaway, Vizár: "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", CRYPTO
 * 2015). The nonce counts the segments and marks the last one, so a segment opens only in its place, and what was cut off
 * ends with one that is not marked. The key is of this artifact alone, so no nonce comes twice under it.
 *
 * <p>Not thread-safe.
 */
final class SegmentCipher {

    /** Bytes of a key. */
    static final int KEY = 32;

    /** Random bytes a nonce begins with. */
    static final int PREFIX = 7;

    /** Bytes of every segment but the last, which may have fewer. */
    static final int PLAIN = 64 * 1024;

    /** Bytes that tell whether a segment is what was sealed. */
    static final int TAG = 16;

    /** Bytes of a sealed segment, unless it is the last. */
    static final int SEALED = PLAIN + TAG;

    private static final long MOST_SEGMENTS = 1L << 32;

    private final int mode;
    private final SecretKey key;
    private final byte[] prefix;
    private final byte[] associated;
    private final Cipher cipher;
    private long segment;

    private SegmentCipher(int mode, byte[] key, byte[] prefix, ArtifactId id) {
        this.mode = mode;
        this.key = new SecretKeySpec(key, "AES");
        this.prefix = prefix.clone();
        this.associated = associated(id);
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES/GCM/NoPadding", e);
        }
    }

    static SegmentCipher sealing(byte[] key, byte[] prefix, ArtifactId id) {
        return new SegmentCipher(Cipher.ENCRYPT_MODE, key, prefix, id);
    }

    static SegmentCipher opening(byte[] key, byte[] prefix, ArtifactId id) {
        return new SegmentCipher(Cipher.DECRYPT_MODE, key, prefix, id);
    }

    /**
     * Seals or opens the next segment, after which the one that follows is next, also if this one did not open.
     *
     * @return how many bytes there are now in {@code to}
     * @throws GeneralSecurityException if it does not open: {@code to} is not to be looked at then
     */
    int next(byte[] from, int length, boolean last, byte[] to) throws GeneralSecurityException {
        if (segment == MOST_SEGMENTS) {
            throw new GeneralSecurityException("an artifact has at most " + MOST_SEGMENTS + " segments");
        }
        byte[] nonce = ByteBuffer.allocate(PREFIX + Integer.BYTES + 1)
                .put(prefix)
                .putInt((int) segment)
                .put((byte) (last ? 1 : 0))
                .array();
        segment++;
        cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
        cipher.updateAAD(associated);
        return cipher.doFinal(from, 0, length, to, 0);
    }

    /** Binds every segment to its artifact, also where the seal of the key would not. */
    private static byte[] associated(ArtifactId id) {
        byte[] name = id.name().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(SealedHeader.MAGIC.length + 2 * Long.BYTES + name.length)
                .put(SealedHeader.MAGIC)
                .putLong(id.run().value().getMostSignificantBits())
                .putLong(id.run().value().getLeastSignificantBits())
                .put(name)
                .array();
    }
}
