/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.OutputRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** What became of the full output of an attempt or a gate, in the columns both have for it. */
final class OutputColumns {

    private OutputColumns() {}

    static Update bind(Update statement, @Nullable OutputRecord output) {
        return statement
                .bind("outputRef", Bound.text(output == null ? null : output.reference()))
                .bind("outputBytes", output == null ? Bound.noNumber() : Bound.number(output.bytes()))
                .bind("outputCut", output == null ? Bound.noFlag() : Bound.flag(output.cut()));
    }

    static @Nullable OutputRecord get(ResultSet row) throws SQLException {
        long bytes = row.getLong("output_bytes");
        return row.wasNull()
                ? null
                : new OutputRecord(row.getString("output_ref"), bytes, row.getBoolean("output_cut"));
    }
}
