/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.InvalidValueException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link JdbcStore} works, apart from where its database is. The sizes and times of pools are for pools the store
 * makes itself; one that a host passes is the host's.
 *
 * @param migrations what opening does about the schema
 * @param poolSize connections kept open, 1 or more
 * @param maxConnections connections at most, not fewer than {@code poolSize}; one more renews leases
 * @param connectionTimeout how long a call waits for a connection, 250 ms or more
 * @param idleTimeout how long a connection beyond {@code poolSize} is kept idle, 10 s or more
 * @param statementTimeout how long one statement may take, locks included; whole seconds, 1 s or more
 * @param retention how long ended runs are kept, or null for ever; see {@link JdbcStore#maintain}
 * @param nodes how many nodes share the database, for a warning when they may want more connections than it has; those
 *     seen at the start are counted anyway
 */
public record JdbcStoreConfig(
        MigrationMode migrations,
        int poolSize,
        int maxConnections,
        Duration connectionTimeout,
        Duration idleTimeout,
        Duration statementTimeout,
        @Nullable Duration retention,
        int nodes) {

    /** A century: longer ones overflow dates. */
    private static final int MOST_DAYS = 36_500;

    /** Migrates, 20 to 40 connections, time-outs of 10 s, 1 h and 10 s, keeps everything, one node. */
    public static final JdbcStoreConfig DEFAULT = new JdbcStoreConfig(
            MigrationMode.RUN, 20, 40, Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofSeconds(10), null, 1);

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if one is outside its range
     */
    public JdbcStoreConfig {
        require("poolSize", poolSize, poolSize >= 1, "must be 1 or more");
        require(
                "maxConnections",
                maxConnections,
                maxConnections >= poolSize,
                "must not be less than poolSize, which is " + poolSize);
        require("connectionTimeout", connectionTimeout, connectionTimeout.toMillis() >= 250, "must be 250 ms or more");
        require("idleTimeout", idleTimeout, idleTimeout.toSeconds() >= 10, "must be 10 s or more");
        require(
                "statementTimeout",
                statementTimeout,
                statementTimeout.toSeconds() >= 1 && statementTimeout.toSeconds() <= 3_600,
                "must be from 1 s to 1 h");
        if (retention != null) {
            require(
                    "retention",
                    retention,
                    retention.toDays() >= 1 && retention.toDays() <= MOST_DAYS,
                    "must be from 1 to " + MOST_DAYS + " days; leave it out to keep everything");
        }
        require("nodes", nodes, nodes >= 1, "must be 1 or more");
    }

    private static void require(String field, Object value, boolean holds, String rule) {
        if (!holds) {
            throw new InvalidValueException(field, value, rule);
        }
    }
}
