/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A data key as its row has it. Immutable. */
final class WrappedKey {

    /** What {@link #of} reads. */
    static final String SELECT = "SELECT id, subject, key_id, wrapped FROM ralph.data_keys ";

    private final UUID id;
    private final @Nullable String subject;
    private final String wrapper;
    private final byte @Nullable [] bytes;

    private WrappedKey(UUID id, @Nullable String subject, String wrapper, byte @Nullable [] bytes) {
        this.id = id;
        this.subject = subject;
        this.wrapper = wrapper;
        this.bytes = bytes;
    }

    static WrappedKey of(ResultSet row) throws SQLException {
        return new WrappedKey(
                row.getObject("id", UUID.class),
                row.getString("subject"),
                row.getString("key_id"),
                row.getBytes("wrapped"));
    }

    UUID id() {
        return id;
    }

    /** About whom what it seals is; null for nobody, and once it is destroyed. */
    @Nullable String subject() {
        return subject;
    }

    /** The id of the key that wraps it. */
    String wrapper() {
        return wrapper;
    }

    /** The key itself, sealed; null once it is destroyed. Not a copy. */
    byte @Nullable [] bytes() {
        return bytes;
    }
}
