/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL server, as durable as a real one. */
final class Postgres implements AutoCloseable {

    private static final String TEMPLATE = "ralph_template";

    private final EmbeddedPostgres server;
    private int databases;
    private boolean hasTemplate;

    Postgres() throws IOException {
        this(EmbeddedPostgres.builder());
    }

    private Postgres(EmbeddedPostgres.Builder builder) throws IOException {
        server = builder.setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    /** One of the version of this host's pg_dump. */
    static Postgres ofClientPrograms() throws IOException {
        return new Postgres(EmbeddedPostgres.builder()
                .setPgBinaryResolver((system, hardware) ->
                        Files.newInputStream(Path.of("target", "pgclient", "postgres-linux-x86_64.txz"))));
    }

    /** The address of a new database without Ralph's schema. */
    String empty() throws SQLException {
        return create("");
    }

    /** The address of a new database with Ralph's schema. Making that takes a second, copying it does not. */
    String migrated(Path folder) throws SQLException {
        if (!hasTemplate) {
            hasTemplate = true;
            execute("postgres", "CREATE DATABASE " + TEMPLATE);
            new RalphProcess.Setup(folder, folder.resolve("template"))
                    .with("DATABASE_URL", url(TEMPLATE))
                    .here("resume", "01a20999-34af-7ef3-9b92-7ba6cc4895e8");
        }
        return create(" TEMPLATE " + TEMPLATE);
    }

    /** From now on this user has to know its password. */
    void requirePassword(String user) throws SQLException, IOException {
        Path rules;
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW hba_file")) {
            row.next();
            rules = Path.of(row.getString(1));
        }
        Files.writeString(rules, "host all " + user + " all scram-sha-256\n" + Files.readString(rules));
        execute("postgres", "SELECT pg_reload_conf()");
    }

    /** Executes a statement in the database of this address. */
    void in(String url, String sql) throws SQLException {
        execute(url.substring(url.lastIndexOf('/') + 1), sql);
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private String create(String options) throws SQLException {
        databases++;
        String name = "test_" + databases;
        execute("postgres", "CREATE DATABASE " + name + options);
        return url(name);
    }

    private String url(String database) {
        return "postgresql://postgres@localhost:" + server.getPort() + "/" + database;
    }

    private void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(server.getJdbcUrl("postgres", database));
    }
}
