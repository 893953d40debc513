/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.Cost;
import dev.ralph.CostKind;
import dev.ralph.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads tokens and cost of an attempt. */
final class UsageColumns {

    private UsageColumns() {}

    /** The four kinds, or null if they are not known. */
    static @Nullable Usage usage(ResultSet row, String prefix) throws SQLException {
        long input = row.getLong(prefix + "input_tokens");
        return row.wasNull()
                ? null
                : new Usage(
                        input,
                        row.getLong(prefix + "output_tokens"),
                        row.getLong(prefix + "cache_read_tokens"),
                        row.getLong(prefix + "cache_write_tokens"));
    }

    /** The cost, or null if there is none. */
    static @Nullable Cost cost(ResultSet row, String prefix) throws SQLException {
        CostKind kind = StoredName.orNull(row, prefix + "cost_kind", CostKind.class);
        return kind == null ? null : new Cost(row.getBigDecimal(prefix + "cost"), kind);
    }
}
