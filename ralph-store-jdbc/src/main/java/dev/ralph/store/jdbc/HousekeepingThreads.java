/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Threads for heartbeats, and a data source that gives them other connections than everybody else, so that whoever drains
 * the common pool cannot make this node look dead.
 */
final class HousekeepingThreads implements ThreadFactory {

    /** The name of all of them. */
    static final String NAME = "ralph-queue-housekeeping";

    @Override
    public Thread newThread(Runnable task) {
        return new Housekeeper(task);
    }

    /** A source over two: one for threads of this kind. */
    static DataSource route(DataSource everybody, DataSource housekeeping) {
        return new Routed(everybody, housekeeping);
    }

    private static final class Housekeeper extends Thread {

        Housekeeper(Runnable task) {
            super(task, NAME);
            setDaemon(true);
        }
    }

    private record Routed(DataSource everybody, DataSource housekeeping) implements DataSource {

        private DataSource mine() {
            return Thread.currentThread() instanceof Housekeeper ? housekeeping : everybody;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return mine().getConnection();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return mine().getConnection(user, password);
        }

        @Override
        public PrintWriter getLogWriter() throws SQLException {
            return mine().getLogWriter();
        }

        @Override
        public void setLogWriter(PrintWriter out) throws SQLException {
            mine().setLogWriter(out);
        }

        @Override
        public void setLoginTimeout(int seconds) throws SQLException {
            mine().setLoginTimeout(seconds);
        }

        @Override
        public int getLoginTimeout() throws SQLException {
            return mine().getLoginTimeout();
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getLogger("");
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return mine().unwrap(type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return mine().isWrapperFor(type);
        }
    }
}
