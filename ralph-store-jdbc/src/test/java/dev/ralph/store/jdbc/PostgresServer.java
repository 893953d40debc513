/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real PostgreSQL server, as durable as a real one: one for all tests of a JVM. */
public final class PostgresServer implements AutoCloseable {

    private static final ExtensionContext.Namespace SHARED = ExtensionContext.Namespace.create(PostgresServer.class);
    private static final String TEMPLATE = "ralph_template";

    private final EmbeddedPostgres server;
    private final AtomicInteger databases = new AtomicInteger();

    public PostgresServer() {
        this(builder -> {});
    }

    /** One with settings beside, or of another version. */
    public PostgresServer(Consumer<EmbeddedPostgres.Builder> settings) {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "120");
            settings.accept(builder);
            server = builder.start();
            execute("postgres", "CREATE DATABASE " + TEMPLATE);
            JdbcStore.builder().url(url(TEMPLATE)).pool(1, 1).build().close();
        } catch (IOException | SQLException e) {
            throw new AssertionError("PostgreSQL does not start", e);
        }
    }

    /** The one that all classes share. */
    public static PostgresServer shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(SHARED)
                .computeIfAbsent(PostgresServer.class, type -> new PostgresServer(), PostgresServer.class);
    }

    /** A new database with Ralph's schema. */
    public String migrated() throws SQLException {
        return create(" TEMPLATE " + TEMPLATE);
    }

    /** A new database that is a copy of another one, to which nobody is connected. */
    public String copyOf(String database) throws SQLException {
        return create(" TEMPLATE " + database);
    }

    /** A new database without it. */
    public String empty() throws SQLException {
        return create("");
    }

    public void drop(String database) throws SQLException {
        execute("postgres", "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    public String url(String database) {
        return server.getJdbcUrl("postgres", database);
    }

    public int port() {
        return server.getPort();
    }

    /** As the server's superuser. */
    public void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private String create(String options) throws SQLException {
        String name = "test_" + databases.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name + options);
        return name;
    }
}
