/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Opens PostgreSQL sessions whose commits wait for no disk, if the session is this client's alone. A pooler in transaction
 * mode would give it to others with that setting; it shows by a process id that is not the session's.
 */
final class UnwaitingSessions extends PlainDataSource {

    private final DataSource server;

    UnwaitingSessions(DataSource server) {
        this.server = server;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = server.getConnection();
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
