/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fields as bytes, so that no two lists of fields have the same: each text comes after its length. Not thread-safe.
 */
final class CanonicalBytes {

    private static final int ABSENT = -1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    /**
     * Begins a message.
     *
     * @param kind what it is, so that one of another kind never has the same bytes
     */
    CanonicalBytes(String kind) {
        text(kind);
    }

    CanonicalBytes text(@Nullable String value) {
        if (value == null) {
            return number(ABSENT);
        }
        byte[] encoded = StorableText.bytes(value);
        number(encoded.length);
        bytes.writeBytes(encoded);
        return this;
    }

    CanonicalBytes id(@Nullable UUID value) {
        return text(value == null ? null : value.toString());
    }

    CanonicalBytes number(long value) {
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return this;
    }

    byte[] done() {
        return bytes.toByteArray();
    }
}
