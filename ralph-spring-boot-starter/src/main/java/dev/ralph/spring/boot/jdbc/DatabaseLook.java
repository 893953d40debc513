/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.jdbc;

import dev.ralph.ConfigurationException;
import dev.ralph.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a data source of the application's is of. */
enum DatabaseLook {
    POSTGRESQL,
    H2,
    /** The store says what it thinks of it. */
    OTHER;

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseLook.class);

    /** H2's files that are not closed by an interrupt of a thread that writes. */
    private static final Pattern SAFE = Pattern.compile("jdbc:h2:(async|mem|tcp|ssl):.*", Pattern.CASE_INSENSITIVE);

    private static final Pattern IN_MEMORY = Pattern.compile("jdbc:h2:mem:.*", Pattern.CASE_INSENSITIVE);

    /**
     * Connects and looks.
     *
     * @param url what the application says, whose settings H2 does not show; empty if that is not known
     * @throws ConfigurationException if it would lose runs, or its connections are not as the store needs them
     * @throws StoreUnavailableException if it cannot be reached
     */
    static DatabaseLook at(DataSource source, Optional<String> url) {
        try (Connection connection = source.getConnection()) {
            if (!connection.getAutoCommit()) {
                throw new ConfigurationException("the data source gives connections that do not commit by themselves,"
                        + " but Ralph's store needs auto-commit; remove spring.datasource.hikari.auto-commit=false, or"
                        + " give Ralph a data source of its own, in a bean named " + DataSources.WORK);
            }
            String product = connection.getMetaData().getDatabaseProductName();
            if ("PostgreSQL".equals(product)) {
                return POSTGRESQL;
            }
            if (!"H2".equals(product)) {
                return OTHER;
            }
            requireSafe(connection.getMetaData().getURL(), url);
            return H2;
        } catch (SQLException e) {
            throw new StoreUnavailableException(
                    "the application's database cannot be reached (SQLSTATE " + e.getSQLState()
                            + "); see that its server runs and that spring.datasource.url is right",
                    e);
        }
    }

    private static void requireSafe(String url, Optional<String> said) {
        if (IN_MEMORY.matcher(url).matches()) {
            LOG.warn(
                    "Runs are kept in {}, which lasts as long as this process: set spring.datasource.url, or"
                            + " ralph.store-file to a file of Ralph's own, to keep them",
                    url);
            return;
        }
        boolean remote = url.toLowerCase(Locale.ROOT).matches("jdbc:h2:(tcp|ssl):.*");
        if (!SAFE.matcher(url).matches()
                || (!remote && said.filter(DatabaseLook::closesOnExit).isPresent())) {
            throw new ConfigurationException("the application's data source is H2 in a file (" + url
                    + "), which loses runs: H2 closes a plain file under every thread when one is interrupted, and closes"
                    + " the database before the application has ended. Write its URL as"
                    + " jdbc:h2:async:PATH;DB_CLOSE_ON_EXIT=FALSE, or give Ralph a file of its own with"
                    + " ralph.store-file=PATH");
        }
    }

    private static boolean closesOnExit(String url) {
        return !url.toUpperCase(Locale.ROOT).contains(";DB_CLOSE_ON_EXIT=FALSE");
    }
}
