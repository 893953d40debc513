/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;

/** A store on pools such as it makes for itself, with somebody watching what goes to the database. */
public final class ObservedStore implements AutoCloseable {

    private final HikariDataSource work;
    private final HikariDataSource leases;
    private final JdbcStore store;

    private ObservedStore(HikariDataSource work, HikariDataSource leases, JdbcStore store) {
        this.work = work;
        this.leases = leases;
        this.store = store;
    }

    /** Opens one with so many connections at most. If it is PostgreSQL, the schema is there. */
    public static ObservedStore open(String url, int connections, StatementObserver observer) {
        DatabaseUrl database = DatabaseUrl.parse(url);
        JdbcStoreConfig defaults = JdbcStoreConfig.DEFAULT;
        JdbcStoreConfig config = new JdbcStoreConfig(
                database.isH2() ? MigrationMode.RUN : MigrationMode.NONE,
                1,
                connections,
                defaults.connectionTimeout(),
                defaults.idleTimeout(),
                defaults.statementTimeout(),
                null,
                1);
        Pools pools = new Pools(config, "ralph-observed");
        HikariDataSource work = pools.work(database);
        HikariDataSource leases = pools.leases(database);
        JdbcStore store = JdbcStore.builder()
                .dataSource(new ObservedDataSource(work, observer))
                .leaseDataSource(new ObservedDataSource(leases, observer))
                .config(config)
                .build();
        return new ObservedStore(work, leases, store);
    }

    public JdbcStore store() {
        return store;
    }

    @Override
    public void close() {
        store.close();
        leases.close();
        work.close();
    }
}
