/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** Values of parameters that say how they are set, so that nobody has to look it up with every step. */
final class Bound {

    private Bound() {}

    static Argument text(@Nullable String value) {
        return (position, statement, context) -> statement.setString(position, value);
    }

    static Argument name(@Nullable Enum<?> value) {
        return text(StoredName.of(value));
    }

    static Argument number(int value) {
        return (position, statement, context) -> statement.setInt(position, value);
    }

    static Argument number(long value) {
        return (position, statement, context) -> statement.setLong(position, value);
    }

    static Argument noNumber() {
        return (position, statement, context) -> statement.setNull(position, Types.BIGINT);
    }

    static Argument flag(boolean value) {
        return (position, statement, context) -> statement.setBoolean(position, value);
    }

    static Argument noFlag() {
        return (position, statement, context) -> statement.setNull(position, Types.BOOLEAN);
    }

    static Argument bytes(byte[] value) {
        return (position, statement, context) -> statement.setBytes(position, value);
    }

    static Argument bytesOrNull(byte @Nullable [] value) {
        return value == null
                ? (position, statement, context) -> statement.setNull(position, Types.BINARY)
                : bytes(value);
    }

    static Argument amount(BigDecimal value) {
        return (position, statement, context) -> statement.setBigDecimal(position, value);
    }

    static Argument id(UUID value) {
        return (position, statement, context) -> statement.setObject(position, value);
    }

    static Argument idOrNull(@Nullable UUID value) {
        return value == null ? (position, statement, context) -> statement.setNull(position, Types.OTHER) : id(value);
    }

    static Argument time(@Nullable Instant value) {
        OffsetDateTime stored = StoredTime.of(value);
        return (position, statement, context) -> {
            if (stored == null) {
                statement.setNull(position, Types.TIMESTAMP_WITH_TIMEZONE);
            } else {
                statement.setObject(position, stored);
            }
        };
    }
}
