/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** One node at a time maintains a database. Thread-safe; takes a connection for the time of a turn. */
final class MaintenanceTurn {

    private static final String KEY = "(hashtextextended('ralph.maintenance', 0))";

    private final DataSource source;
    private final Dialect dialect;

    MaintenanceTurn(DataSource source, Dialect dialect) {
        this.source = source;
        this.dialect = dialect;
    }

    /**
     * Does it, unless another node is at it; a file is maintained by whoever comes.
     *
     * @return what came of it, or empty if another node is at it
     */
    <T> Optional<T> take(Supplier<T> work) {
        if (dialect == Dialect.H2) {
            return Optional.of(work.get());
        }
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            boolean automatic = connection.getAutoCommit();
            // Not in a transaction: that would be ended for being idle.
            connection.setAutoCommit(true);
            try {
                if (!isTrue(statement, "SELECT pg_try_advisory_lock" + KEY)) {
                    return Optional.empty();
                }
                try {
                    return Optional.of(work.get());
                } finally {
                    isTrue(statement, "SELECT pg_advisory_unlock" + KEY);
                }
            } finally {
                connection.setAutoCommit(automatic);
            }
        } catch (SQLException e) {
            throw SqlFailures.translate(e);
        }
    }

    private static boolean isTrue(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
