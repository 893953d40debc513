/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.ralph.ConfigurationException;
import dev.ralph.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Makes pools of connections to a database the store was given the URL of. */
final class Pools {

    /** Longer than any statement may take: only for a server that fell silent. */
    private static final Duration SOCKET_SLACK = Duration.ofSeconds(2);

    /** A migration may fill a column of a large table. */
    private static final Duration MIGRATION = Duration.ofHours(1);

    /** A renewal that takes longer comes too late; it is tried again on another connection instead. */
    static final Duration LEASE_TIMEOUT = Duration.ofSeconds(3);

    private static final Duration LEAST_LIFETIME = Duration.ofMinutes(30);

    /** How long a statement may take, and how long the server keeps the locks of a transaction whose client is stopped. */
    private static final String POSTGRESQL_SESSION =
            "SET statement_timeout = %d; SET idle_in_transaction_session_timeout = '15s'";

    private final JdbcStoreConfig config;
    private final String application;

    /**
     * Makes pools for one node.
     *
     * @param application what the server calls this node's connections
     */
    Pools(JdbcStoreConfig config, String application) {
        this.config = config;
        this.application = application;
    }

    /** For everything but leases. */
    HikariDataSource work(DatabaseUrl url) {
        return open(url, "ralph", config.poolSize(), config.maxConnections(), Timeouts.of(config));
    }

    /** For listings. */
    HikariDataSource listings(DatabaseUrl url) {
        return open(url, "ralph-listings", 1, config.maxConnections(), Timeouts.of(config));
    }

    /** For renewing leases alone. */
    HikariDataSource leases(DatabaseUrl url) {
        return open(url, "ralph-leases", 1, 1, new Timeouts(LEASE_TIMEOUT, LEASE_TIMEOUT));
    }

    /**
     * For hearing what other nodes tell, which keeps one, and for telling it and for heartbeats, which share the other. A
     * heartbeat that a crash of the server undoes is no loss, so where sessions are not shared nothing here waits for a disk.
     */
    HikariDataSource signals(DatabaseUrl url) {
        Timeouts timeouts = new Timeouts(LEASE_TIMEOUT, LEASE_TIMEOUT);
        HikariConfig pool = pool(url, "ralph-signals", 2, 2, timeouts);
        pool.setDataSource(unwaiting(url, timeouts));
        return open(url, pool);
    }

    /** For looking at the schema, which takes several at once, and is then closed. */
    HikariDataSource migrations(DatabaseUrl url) {
        return open(url, "ralph-migrations", 1, 4, new Timeouts(config.connectionTimeout(), MIGRATION));
    }

    private HikariDataSource open(DatabaseUrl url, String name, int least, int most, Timeouts timeouts) {
        HikariConfig pool = pool(url, name, least, most, timeouts);
        pool.setJdbcUrl(url.jdbcUrl());
        pool.setUsername(url.user());
        pool.setPassword(url.password() == null ? null : url.password().reveal());
        if (!url.isH2()) {
            pool.setDataSourceProperties(postgresql(url, timeouts));
        }
        return open(url, pool);
    }

    private UnwaitingSessions unwaiting(DatabaseUrl url, Timeouts timeouts) {
        UnwaitingSessions server = new UnwaitingSessions();
        server.setURL(url.jdbcUrl());
        // The URL may have named them already.
        if (url.user() != null) {
            server.setUser(url.user());
        }
        if (url.password() != null) {
            server.setPassword(url.password().reveal());
        }
        Properties properties = postgresql(url, timeouts);
        try {
            for (String name : properties.stringPropertyNames()) {
                server.setProperty(name, properties.getProperty(name));
            }
        } catch (SQLException e) {
            throw SqlFailures.translate(e);
        }
        return server;
    }

    private HikariConfig pool(DatabaseUrl url, String name, int least, int most, Timeouts timeouts) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setMinimumIdle(least);
        pool.setMaximumPoolSize(most);
        pool.setConnectionTimeout(timeouts.connection.toMillis());
        if (least < most) {
            pool.setIdleTimeout(config.idleTimeout().toMillis());
        }
        // Hikari's half an hour would cut a longer idle time-out short.
        pool.setMaxLifetime(Math.max(
                LEAST_LIFETIME.toMillis(), config.idleTimeout().multipliedBy(2).toMillis()));
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        if (!url.isH2()) {
            pool.setConnectionInitSql(POSTGRESQL_SESSION.formatted(timeouts.statement.toMillis()));
        }
        return pool;
    }

    private static HikariDataSource open(DatabaseUrl url, HikariConfig pool) {
        try {
            return new HikariDataSource(pool);
        } catch (HikariPool.PoolInitializationException e) {
            throw refused(url, SqlFailures.sqlOf(e));
        } catch (RuntimeException e) {
            // Such as "failed to get driver instance for jdbcUrl=…", which shows the URL.
            throw new ConfigurationException("no JDBC driver takes the database URL " + url
                    + "; put the driver of that database on the class path, or correct the URL");
        }
    }

    private Properties postgresql(DatabaseUrl url, Timeouts timeouts) {
        long socketSeconds = timeouts.statement.plus(SOCKET_SLACK).toSeconds();
        Properties properties = new Properties();
        Map.of(
                        "ApplicationName",
                        application,
                        "connectTimeout",
                        Long.toString(timeouts.connection.toSeconds() + 1),
                        "socketTimeout",
                        Long.toString(socketSeconds),
                        "tcpKeepAlive",
                        "true",
                        // Details show values of rows.
                        "logServerErrorDetail",
                        "false")
                .forEach((name, value) -> {
                    if (!url.jdbcUrl().contains(name + "=")) {
                        properties.setProperty(name, value);
                    }
                });
        return properties;
    }

    private static RuntimeException refused(DatabaseUrl url, @Nullable SQLException failure) {
        if (failure == null) {
            return new StoreUnavailableException("the database " + url + " cannot be opened");
        }
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (failure.getErrorCode() == 90020 && url.isH2()) {
            return new ConfigurationException("another process has the database " + url
                    + " open; H2 serves one process: close the other, use PostgreSQL, or have all processes take turns"
                    + " (JdbcStoreBuilder.sharedH2File)");
        }
        if (state.startsWith("28") || state.startsWith("3D")) {
            return new ConfigurationException("the database " + url + " does not let this user in or does not exist"
                    + " (SQLSTATE " + state + "); correct the user, the password or the name");
        }
        return new StoreUnavailableException(
                "the database " + url + " cannot be reached (SQLSTATE " + state
                        + "); see that its server runs and that host and" + " port are right",
                failure);
    }

    private record Timeouts(Duration connection, Duration statement) {

        static Timeouts of(JdbcStoreConfig config) {
            return new Timeouts(config.connectionTimeout(), config.statementTimeout());
        }
    }
}
