/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.ConfigurationException;
import dev.ralph.StoreUnavailableException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.ValidateResult;

/** Brings the schema up to date, or checks that this version of Ralph can work with it. */
final class Migrations {

    /** What this version of Ralph knows: the newest migration it brings. */
    private static final int KNOWN = MigrationFiles.newest();

    private static final String HISTORY = "ralph_schema_history";

    /** Two nodes that start at once migrate one after the other. */
    private static final String TAKE_TURNS = "SELECT pg_advisory_lock(hashtextextended('ralph.migrations', 0))";

    /** As Flyway names table and columns, which need quotes for that. */
    private static final String APPLIED = "SELECT \"version\", \"checksum\" FROM ralph.\"" + HISTORY
            + "\" WHERE \"success\" AND \"version\" IS NOT NULL";

    private static final String RELEASE = "SELECT pg_advisory_unlock(hashtextextended('ralph.migrations', 0))";

    private final DataSource source;
    private final Dialect dialect;

    Migrations(DataSource source, Dialect dialect) {
        this.source = source;
        this.dialect = dialect;
    }

    /**
     * Does what the mode says.
     *
     * @throws ConfigurationException if the schema is missing, or too old or too new for this version, or may not be changed
     * @throws StoreUnavailableException if the database cannot be reached
     */
    void apply(MigrationMode mode) {
        try {
            switch (mode) {
                case RUN -> run();
                case VALIDATE -> validate();
                case NONE -> {}
            }
        } catch (SQLException | FlywayException e) {
            throw refused(e);
        }
    }

    private void run() throws SQLException {
        if (isUpToDate()) {
            requireKnown();
            return;
        }
        if (dialect == Dialect.POSTGRESQL) {
            try (Connection turn = source.getConnection();
                    Statement statement = turn.createStatement()) {
                statement.execute(TAKE_TURNS);
                try {
                    createSchema(statement);
                    flyway().migrate();
                } finally {
                    statement.execute(RELEASE);
                }
            }
        } else {
            flyway().migrate();
        }
        requireKnown();
    }

    /**
     * Mostly there is nothing to do, and Flyway takes longer to find that out than everything else at a start. A file that
     * differs from what was applied is for Flyway to complain about.
     */
    private boolean isUpToDate() throws SQLException {
        if (!hasHistory()) {
            return false;
        }
        Map<String, Integer> missing;
        try {
            missing = MigrationFiles.checksums(dialect);
        } catch (IOException e) {
            throw new ConfigurationException("Ralph's migrations cannot be read; is its JAR whole?", e);
        }
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet applied = statement.executeQuery(APPLIED)) {
            while (applied.next()) {
                missing.remove(applied.getString("version"), applied.getInt("checksum"));
            }
        }
        return missing.isEmpty();
    }

    /** Flyway would try for ten seconds where the role may not. */
    private static void createSchema(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT 1 FROM pg_namespace WHERE nspname = 'ralph'")) {
            if (found.next()) {
                return;
            }
        }
        statement.execute("CREATE SCHEMA ralph");
    }

    private void validate() throws SQLException {
        if (!hasHistory()) {
            throw new ConfigurationException("the database has no schema of Ralph; open the store once with"
                    + " MigrationMode.RUN (RALPH_STORE_MIGRATIONS=run) and a role that may create one");
        }
        ValidateResult result = flyway().validateWithResult();
        if (!result.validationSuccessful) {
            throw new ConfigurationException(
                    "the schema does not fit this version of Ralph, which knows migration " + KNOWN + ": "
                            + result.getAllErrorMessages()
                            + "; open the store once with MigrationMode.RUN (RALPH_STORE_MIGRATIONS=run) and a role that may"
                            + " change it");
        }
        requireKnown();
    }

    /** A newer schema is fine unless it says that nodes as old as this one cannot work with it. */
    private void requireKnown() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet needs = statement.executeQuery("SELECT max(oldest_node) FROM ralph.schema_needs")) {
            needs.next();
            int oldest = needs.getInt(1);
            if (oldest > KNOWN) {
                throw new ConfigurationException("the schema was made by a newer version of Ralph and needs nodes that"
                        + " know migration " + oldest + ", but this one knows " + KNOWN + "; update this node");
            }
        }
    }

    private boolean hasHistory() throws SQLException {
        try (Connection connection = source.getConnection();
                ResultSet tables = connection
                        .getMetaData()
                        .getTables(null, dialect.schema(), HISTORY, new String[] {"TABLE", "BASE TABLE"})) {
            return tables.next();
        }
    }

    private Flyway flyway() {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:" + dialect.migrationFolder())
                .schemas(dialect.schema())
                .defaultSchema(dialect.schema())
                .table(HISTORY)
                .ignoreMigrationPatterns("*:future")
                .failOnMissingLocations(true)
                .loggers("slf4j")
                .load();
    }

    private static RuntimeException refused(Exception failure) {
        SQLException sql = SqlFailures.sqlOf(failure);
        if (sql != null && SqlFailures.isUnavailable(sql)) {
            return new StoreUnavailableException("the database cannot be reached to look at its schema", failure);
        }
        String state = sql == null ? "" : sql.getSQLState();
        return new ConfigurationException(
                "42501".equals(state)
                        ? "the role may not create or change Ralph's schema; migrate with the role that owns it"
                                + " (META-INF/ralph/roles.sql) and open the store with MigrationMode.VALIDATE"
                        : "Ralph's schema could not be brought up to date; the cause says why",
                failure);
    }
}
