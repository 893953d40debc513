/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** What the two databases say differently. */
enum Dialect {
    POSTGRESQL("ralph", "clock_timestamp()", " ON CONFLICT DO NOTHING") {
        @Override
        String clockPlusMicros(String parameter) {
            return "clock_timestamp() + " + parameter + " * interval '1 microsecond'";
        }

        @Override
        String json(String parameter) {
            return "CAST(" + parameter + " AS jsonb)";
        }

        @Override
        String address(String parameter) {
            return "CAST(" + parameter + " AS inet)";
        }

        @Override
        String utcDay(String column) {
            return "CAST(" + column + " AT TIME ZONE 'UTC' AS date)";
        }
    },
    H2("RALPH", "CURRENT_TIMESTAMP", "") {
        @Override
        String clockPlusMicros(String parameter) {
            return "DATEADD(MICROSECOND, " + parameter + ", CURRENT_TIMESTAMP)";
        }

        @Override
        String json(String parameter) {
            return parameter;
        }

        @Override
        String address(String parameter) {
            return parameter;
        }

        @Override
        String utcDay(String column) {
            return "CAST(" + column + " AT TIME ZONE 'UTC' AS DATE)";
        }
    };

    private final String schema;
    private final String clock;
    private final String unlessThere;

    Dialect(String schema, String clock, String unlessThere) {
        this.schema = schema;
        this.clock = clock;
        this.unlessThere = unlessThere;
    }

    /** Which of the two a connection leads to; empty if it is another database. */
    static Optional<Dialect> of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "PostgreSQL" -> Optional.of(POSTGRESQL);
            case "H2" -> Optional.of(H2);
            default -> Optional.empty();
        };
    }

    /** The schema's name in the case the database keeps it. */
    String schema() {
        return schema;
    }

    /** Where the migrations are on the class path. */
    String migrationFolder() {
        return "META-INF/ralph/migration/" + name().toLowerCase(Locale.ROOT);
    }

    /** The time now, not at the start of the transaction where the database tells them apart. */
    String clock() {
        return clock;
    }

    /** The end of an insert that meets a row with its key: it inserts nothing, or fails, as the database can. */
    String unlessThere() {
        return unlessThere;
    }

    abstract String clockPlusMicros(String parameter);

    abstract String json(String parameter);

    /** An IP address. */
    abstract String address(String parameter);

    abstract String utcDay(String column);
}
