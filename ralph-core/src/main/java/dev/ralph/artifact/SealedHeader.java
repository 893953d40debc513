/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.artifact;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a sealed artifact begins with: a mark with the version of the format, the length of the sealed key in two bytes, the
 * sealed key, and the random part of the nonces. The segments follow.
 */
final class SealedHeader {

    /** No text and no gzip begins like this; the last byte is the version. */
    static final byte[] MAGIC = {(byte) 0x8A, 'R', 'A', 'L', 'P', 'H', 'S', 1};

    private static final int LONGEST_KEY = 0xFFFF;

    private final byte[] sealedKey;
    private final byte[] prefix;

    /** Of the artifact's key, sealed with that of its run, and of what all nonces begin with. Both are not copied. */
    SealedHeader(byte[] sealedKey, byte[] prefix) {
        if (sealedKey.length > LONGEST_KEY) {
            throw new IllegalStateException("the seal made " + sealedKey.length + " bytes of a key of "
                    + SegmentCipher.KEY + "; at most " + LONGEST_KEY + " can be kept");
        }
        this.sealedKey = sealedKey;
        this.prefix = prefix;
    }

    /** What an artifact is, by its first bytes. */
    enum Start {
        SEALED,
        CUT,
        OTHER_VERSION,
        CLEAR
    }

    /** What the first bytes say, of which there are as many as there are of {@link #MAGIC}, if the artifact has so many. */
    static Start start(byte[] first) {
        int same = Arrays.mismatch(first, MAGIC);
        if (same < 0) {
            return Start.SEALED;
        }
        if (same == first.length) {
            return Start.CUT;
        }
        return same == MAGIC.length - 1 ? Start.OTHER_VERSION : Start.CLEAR;
    }

    /** Reads what follows the mark. */
    static SealedHeader readAfterMagic(InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(from);
        byte[] sealedKey = new byte[in.readUnsignedShort()];
        in.readFully(sealedKey);
        byte[] prefix = new byte[SegmentCipher.PREFIX];
        in.readFully(prefix);
        return new SealedHeader(sealedKey, prefix);
    }

    byte[] sealedKey() {
        return sealedKey;
    }

    byte[] prefix() {
        return prefix;
    }

    byte[] bytes() {
        return ByteBuffer.allocate(MAGIC.length + Short.BYTES + sealedKey.length + prefix.length)
                .put(MAGIC)
                .putShort((short) sealedKey.length)
                .put(sealedKey)
                .put(prefix)
                .array();
    }
}
