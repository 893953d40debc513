/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the server has a connection for everybody who may want one. */
final class ServerRoom {

    private static final Logger LOG = LoggerFactory.getLogger(ServerRoom.class);

    /** What nodes call themselves begins like this. */
    static final String APPLICATION = "ralph-";

    /** One renews leases, one hears other nodes, one tells them and sends heartbeats. */
    private static final int KEPT = 3;

    private ServerRoom() {}

    /** Warns if nodes times their pools exceeds what the server allows. */
    static void check(Database database, JdbcStoreConfig config) {
        database.read(handle -> {
            int nodes = Math.max(config.nodes(), nodesSeen(handle));
            long wanted = (long) nodes * (config.maxConnections() + KEPT);
            long room = number(handle, "max_connections") - number(handle, "superuser_reserved_connections");
            if (wanted > room) {
                LOG.warn(
                        "{} nodes with up to {} connections each may want {} connections, but the server has {}; lower"
                                + " DATABASE_MAX_OVERFLOW, or raise the server's max_connections",
                        nodes,
                        config.maxConnections() + KEPT,
                        wanted,
                        room);
            }
            return wanted;
        });
    }

    private static int nodesSeen(Handle handle) {
        return handle.createQuery("""
                        SELECT count(DISTINCT application_name) FROM pg_stat_activity
                        WHERE datname = current_database() AND starts_with(application_name, :prefix)""")
                .bind("prefix", APPLICATION)
                .mapTo(Integer.class)
                .one();
    }

    private static long number(Handle handle, String setting) {
        return handle.createQuery("SELECT current_setting(:setting)::bigint")
                .bind("setting", setting)
                .mapTo(Long.class)
                .one();
    }
}
