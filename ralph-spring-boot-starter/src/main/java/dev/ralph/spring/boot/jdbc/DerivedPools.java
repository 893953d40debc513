/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.util.Credentials;
import dev.ralph.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Small pools on the application's PostgreSQL for what must not wait for the application's own connections: renewing leases,
 * and hearing and telling other nodes.
 */
final class DerivedPools implements AutoCloseable {

    /** As in the store's own pools: what takes longer comes too late. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** A renewal on a connection that fell silent leaves time for another try before the lease ends. */
    private static final Duration SOCKET_SLACK = Duration.ofSeconds(2);

    private static final String SESSION = "SET statement_timeout = %d; SET idle_in_transaction_session_timeout = '15s'"
            .formatted(PATIENCE.toMillis());

    private final @Nullable Login login;

    /** One for each node, by which the store counts them. */
    private final String application = "ralph-" + UUID.randomUUID();

    private final List<HikariDataSource> pools = new ArrayList<>();

    private DerivedPools(@Nullable Login login) {
        this.login = login;
    }

    /**
     * Pools that connect as a data source does: as Hikari was told, or else by the connection details of the application.
     * Without either there are none.
     */
    static DerivedPools of(DataSource source, Supplier<Optional<Login>> details) {
        HikariDataSource pool = hikari(source);
        return new DerivedPools(
                pool != null && pool.getJdbcUrl() != null
                        ? new Login(pool.getJdbcUrl(), credentials(pool), pool.getDataSourceProperties())
                        : details.get().orElse(null));
    }

    /** As the application's next connection would log in: passwords may be short-lived. */
    private static HikariCredentialsProvider credentials(HikariDataSource pool) {
        return () -> {
            HikariCredentialsProvider provider = pool.getCredentialsProvider();
            return provider != null ? provider.getCredentials() : pool.getCredentials();
        };
    }

    private static @Nullable HikariDataSource hikari(DataSource source) {
        try {
            return source.isWrapperFor(HikariDataSource.class) ? source.unwrap(HikariDataSource.class) : null;
        } catch (SQLException e) {
            return null;
        }
    }

    /** What the application's connections are made of; empty if that is not known. */
    Optional<String> url() {
        return Optional.ofNullable(login).map(Login::url);
    }

    /** A pool of so many connections; empty if it is not known how to connect. */
    Optional<DataSource> open(String name, int connections) {
        if (login == null) {
            return Optional.empty();
        }
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setMinimumIdle(connections);
        pool.setMaximumPoolSize(connections);
        pool.setConnectionTimeout(PATIENCE.toMillis());
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        pool.setConnectionInitSql(SESSION);
        pool.setJdbcUrl(login.url());
        pool.setCredentialsProvider(login.credentials());
        pool.setDataSourceProperties(login.properties(application));
        try {
            HikariDataSource opened = new HikariDataSource(pool);
            pools.add(opened);
            return Optional.of(opened);
        } catch (HikariPool.PoolInitializationException e) {
            throw new StoreUnavailableException(
                    "the pool " + name + " beside the application's data source cannot connect; see that the server has"
                            + " a connection left for it and lets the application's user in, or define a bean for it"
                            + " (ralphLeaseDataSource, ralphSignalDataSource)",
                    e);
        }
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
    }

    /** How to connect. Never shown. */
    record Login(String url, HikariCredentialsProvider credentials, Properties given) {

        Login(String url, @Nullable String user, @Nullable String password) {
            this(url, () -> Credentials.of(user, password), new Properties());
        }

        /** The application's, but for what renewing in time rests on: its times are for other statements. */
        Properties properties(String application) {
            Properties all = new Properties();
            all.putAll(given);
            Map.of(
                            "ApplicationName",
                            application,
                            "connectTimeout",
                            Long.toString(PATIENCE.toSeconds() + 1),
                            "socketTimeout",
                            Long.toString(PATIENCE.plus(SOCKET_SLACK).toSeconds()),
                            "tcpKeepAlive",
                            "true",
                            // Details show values of rows.
                            "logServerErrorDetail",
                            "false")
                    .forEach((name, value) -> {
                        if (!url.contains(name + "=")) {
                            all.setProperty(name, value);
                        }
                    });
            return all;
        }

        @Override
        public String toString() {
            return "Login";
        }
    }
}
