/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.ralph.StoreException;
import dev.ralph.health.CheckResult;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Whether the database answers and may be written, and whether connections are left. */
final class DatabaseProbe implements HealthProbe {

    private final Database database;
    private final Dialect dialect;
    private final DataSource source;

    /**
     * Over the store's connections.
     *
     * @param source where {@code database} has its connections from; what is known of a pool is told if it is one
     */
    DatabaseProbe(Database database, Dialect dialect, DataSource source) {
        this.database = database;
        this.dialect = dialect;
        this.source = source;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public HealthImpact impact() {
        return HealthImpact.READINESS;
    }

    @Override
    public String whenSilent() {
        return "see that the database server runs and can be reached from here" + exhausted(pool(), 1);
    }

    @Override
    public CheckResult check() {
        long begun = System.nanoTime();
        boolean readOnly;
        try {
            readOnly = database.read(handle -> handle.createQuery(question())
                    .map((row, context) -> row.getString(1))
                    .one()
                    .equals("on"));
        } catch (StoreException e) {
            HikariPoolMXBean pool = pool();
            return described(CheckResult.down(e.getMessage() + exhausted(pool, 0)), pool);
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        HikariPoolMXBean pool = pool();
        return described(judge(readOnly, exhausted(pool, 1)), pool).with("queryMillis", millis);
    }

    private static CheckResult judge(boolean readOnly, String exhausted) {
        if (readOnly) {
            return CheckResult.down("the database takes no writes (transaction_read_only is on), as a standby does;"
                    + " point DATABASE_URL to the primary");
        }
        return exhausted.isEmpty()
                ? CheckResult.up()
                : CheckResult.degraded("the database answers, but callers wait" + exhausted);
    }

    private String question() {
        return switch (dialect) {
            case POSTGRESQL -> "SELECT current_setting('transaction_read_only')";
            case H2 -> "SELECT 'off'";
        };
    }

    private CheckResult described(CheckResult result, @Nullable HikariPoolMXBean pool) {
        CheckResult described = result.with("database", dialect.name());
        return pool == null
                ? described
                : described
                        .with("connectionsActive", pool.getActiveConnections())
                        .with("connectionsIdle", pool.getIdleConnections())
                        .with("threadsWaiting", pool.getThreadsAwaitingConnection());
    }

    /** Said of a pool that has no connection left and at least so many who wait for one; else nothing. */
    private String exhausted(@Nullable HikariPoolMXBean pool, int least) {
        if (pool == null || !(source instanceof HikariDataSource hikari)) {
            return "";
        }
        int active = pool.getActiveConnections();
        int waiting = pool.getThreadsAwaitingConnection();
        return active < hikari.getMaximumPoolSize() || waiting < least
                ? ""
                : "; all " + active + " connections of the pool are in use and " + waiting
                        + " threads wait for one: raise DATABASE_POOL_SIZE or DATABASE_MAX_OVERFLOW, or lower"
                        + " RALPH_MAX_PARALLEL_RUNS";
    }

    private @Nullable HikariPoolMXBean pool() {
        return source instanceof HikariDataSource hikari && !hikari.isClosed() ? hikari.getHikariPoolMXBean() : null;
    }
}
