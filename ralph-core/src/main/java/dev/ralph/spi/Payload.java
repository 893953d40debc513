/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import java.util.Arrays;

/** Bytes the store keeps without looking into them, and the version of the codec that wrote them. */
public final class Payload {

    private final int version;
    private final byte[] bytes;

    /** Copies {@code bytes}. */
    public Payload(int version, byte[] bytes) {
        this.version = version;
        this.bytes = bytes.clone();
    }

    public int version() {
        return version;
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && version == that.version && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * version + Arrays.hashCode(bytes);
    }

    /** Never the content: it may hold prompts. */
    @Override
    public String toString() {
        return "Payload[version=" + version + ", " + bytes.length + " bytes]";
    }
}
