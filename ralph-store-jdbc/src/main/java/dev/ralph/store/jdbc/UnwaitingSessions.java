/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens PostgreSQL sessions whose commits wait for no disk, if the session is this client's alone. A pooler in transaction
 * mode would give it to others with that setting; it shows by a process id that is not the session's.
 */
final class UnwaitingSessions extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        Connection connection = super.getConnection(user, password);
        try (Statement statement = connection.createStatement()) {
            int told = connection.unwrap(PGConnection.class).getBackendPID();
            if (told == actual(statement)) {
                statement.execute("SET synchronous_commit = off");
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static int actual(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
