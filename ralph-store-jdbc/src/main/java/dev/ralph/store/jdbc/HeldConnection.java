/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection, kept for good and given to one caller at a time: whoever drains the pool it came from cannot take it.
 * After a failure it is replaced. One of a shared file is not kept, or nobody else would have a turn. Thread-safe.
 */
final class HeldConnection implements ConnectionFactory, AutoCloseable {

    private final DataSource source;
    private final boolean kept;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection held;

    /**
     * Prepares; takes nothing yet.
     *
     * @param kept false if it is given back after each use
     */
    HeldConnection(DataSource source, boolean kept) {
        this.source = source;
        this.kept = kept;
    }

    /** Takes the connection now, while there are some. */
    void take() throws SQLException {
        closeConnection(openConnection());
    }

    @Override
    public Connection openConnection() throws SQLException {
        lock.lock();
        try {
            Connection connection = held;
            if (connection == null || connection.isClosed()) {
                connection = source.getConnection();
                held = connection;
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            lock.unlock();
            throw e;
        }
    }

    /** Called once for each opening, on the same thread. */
    @Override
    public void closeConnection(Connection connection) {
        if (!kept) {
            drop();
        }
        lock.unlock();
    }

    /** Lets go of a connection that failed; the next caller gets another. */
    void drop() {
        lock.lock();
        try {
            Connection connection = held;
            held = null;
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // It is broken, which is why it goes.
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        drop();
    }
}
