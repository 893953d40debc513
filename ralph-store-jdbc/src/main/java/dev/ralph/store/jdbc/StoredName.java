/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Values of enumerations as the database keeps them: by name. */
final class StoredName {

    private StoredName() {}

    static @Nullable String of(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    static <E extends Enum<E>> E get(ResultSet row, String column, Class<E> type) throws SQLException {
        return parse(column, row.getString(column), type);
    }

    static <E extends Enum<E>> @Nullable E orNull(ResultSet row, String column, Class<E> type) throws SQLException {
        String name = row.getString(column);
        return name == null ? null : parse(column, name, type);
    }

    private static <E extends Enum<E>> E parse(String column, String name, Class<E> type) {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new UnknownNameException(
                    column + " '" + name + "' was written by a newer version of Ralph; update this node", e);
        }
    }
}
