/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times as the database keeps them: in UTC, with microseconds. Drivers would round the rest up, into the future. */
final class StoredTime {

    /** What databases know as infinity is beyond them, and beyond what Java can count in microseconds. */
    static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private StoredTime() {}

    /** The nearest time from {@link #FIRST} to {@link #LAST}. */
    static Instant within(Instant time) {
        return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    }

    static @Nullable OffsetDateTime of(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant orNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static Instant get(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
