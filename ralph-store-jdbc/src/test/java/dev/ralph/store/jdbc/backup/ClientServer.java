/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.backup;

import dev.ralph.store.jdbc.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server that this host's pg_dump fits, for a test class of its own. Register it as a static extension. */
final class ClientServer implements BeforeAllCallback, AfterAllCallback {

    private static final Path BINARIES = Path.of("target", "pgclient", "postgres-linux-x86_64.txz");

    @SuppressWarnings("NullAway.Init")
    private PostgresServer server;

    /** One with these settings; the caller closes it. */
    static PostgresServer start(Consumer<EmbeddedPostgres.Builder> settings) {
        return new PostgresServer(builder -> {
            builder.setPgBinaryResolver((system, hardware) -> Files.newInputStream(BINARIES));
            settings.accept(builder);
        });
    }

    /** The number a query gives. */
    static long count(PostgresServer server, String database, String sql) throws SQLException {
        return Long.parseLong(query(server, database, sql));
    }

    /** The first column of the first row. */
    static String query(PostgresServer server, String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = start(builder -> {});
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        server.close();
    }

    PostgresServer server() {
        return server;
    }

    long count(String database, String sql) throws SQLException {
        return count(server, database, sql);
    }
}
