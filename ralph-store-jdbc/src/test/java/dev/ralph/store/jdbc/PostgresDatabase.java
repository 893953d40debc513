/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database of its own for a test class, on the server all classes share. Register it as a static extension. */
final class PostgresDatabase implements BeforeAllCallback, AfterAllCallback {

    @SuppressWarnings("NullAway.Init")
    private PostgresServer server;

    @SuppressWarnings("NullAway.Init")
    private String name;

    @SuppressWarnings("NullAway.Init")
    private HikariDataSource pool;

    @Override
    public void beforeAll(ExtensionContext context) throws SQLException {
        server = PostgresServer.shared(context);
        name = server.migrated();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setMaximumPoolSize(20);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        pool = new HikariDataSource(config);
    }

    @Override
    public void afterAll(ExtensionContext context) throws SQLException {
        pool.close();
        server.drop(name);
    }

    PostgresServer server() {
        return server;
    }

    String name() {
        return name;
    }

    String url() {
        return server.url(name);
    }

    /** Connections as the superuser. */
    DataSource pool() {
        return pool;
    }

    /** A store on the pool. */
    JdbcStore open() {
        return JdbcStore.builder()
                .dataSource(pool)
                .migrations(MigrationMode.NONE)
                .build();
    }

    /** As the superuser. */
    void execute(String sql) throws SQLException {
        server.execute(name, sql);
    }

    /** The first column of the first row, as the superuser. */
    String query(String sql) throws SQLException {
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    /** Waits until so many sessions wait for a lock that another one holds. */
    void awaitBlocked(int sessions) {
        Awaitility.await("sessions wait for a lock")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Integer.parseInt(query("SELECT count(*) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND wait_event_type = 'Lock'"))
                        >= sessions);
    }
}
