/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.spi.Store;
import dev.ralph.store.jdbc.JdbcStore;
import dev.ralph.store.jdbc.MigrationMode;
import dev.ralph.store.jdbc.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database of its own for a test class, with a {@link WriteLog}. Register it as a static extension. */
final class LoggedDatabase implements BeforeAllCallback, AfterAllCallback {

    private final boolean alone;

    @SuppressWarnings("NullAway.Init")
    private PostgresServer server;

    @SuppressWarnings("NullAway.Init")
    private String name;

    @SuppressWarnings("NullAway.Init")
    private WriteLog log;

    private LoggedDatabase(boolean alone) {
        this.alone = alone;
    }

    /** On the server that all classes share. */
    static LoggedDatabase shared() {
        return new LoggedDatabase(false);
    }

    /** On a server that a test may stop. */
    static LoggedDatabase onItsOwnServer() {
        return new LoggedDatabase(true);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws SQLException {
        server = alone ? new PostgresServer() : PostgresServer.shared(context);
        name = server.migrated();
        log = WriteLog.begin(server, name);
    }

    @Override
    public void afterAll(ExtensionContext context) throws SQLException, IOException {
        if (alone) {
            server.close();
        } else {
            server.drop(name);
        }
    }

    PostgresServer server() {
        return server;
    }

    String name() {
        return name;
    }

    WriteLog log() {
        return log;
    }

    /** For a node of this name. */
    String url(String node) {
        return server.url(name) + "&ApplicationName=" + node;
    }

    /** The same by way of a proxy. */
    String url(String node, PostgresProxy proxy) {
        return url(node).replace(":" + server.port() + "/", ":" + proxy.port() + "/");
    }

    /** A store for looking at what nodes did. */
    Store open() {
        return JdbcStore.builder()
                .url(url("test"))
                .pool(1, 5)
                .migrations(MigrationMode.NONE)
                .build();
    }

    /** As the server's superuser. */
    void execute(String sql) throws SQLException {
        server.execute(name, sql);
    }

    /** The number a query gives. */
    int count(String sql) throws SQLException {
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
