/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.StoreException;
import dev.ralph.StoreUnavailableException;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a database's error means for the caller. */
final class SqlFailures {

    /** No connection, no resources, an operator's intervention: by class of SQLSTATE. */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "58");

    /**
     * A server that stops or starts, a cancelled statement, a lock or an idle transaction that timed out, a standby; H2:
     * database or connection closed, file in trouble.
     */
    private static final Set<String> UNAVAILABLE = Set.of(
            "57P01", "57P02", "57P03", "57P05", "57014", "55P03", "25P03", "25P04", "25006", "HYT00", "90098", "90067",
            "90121", "90007", "90028", "90031");

    /** Serialisation failure, deadlock; H2: concurrent update. */
    private static final Set<String> LOST_RACE = Set.of("40001", "40P01", "90131");

    private static final String CHECK_VIOLATION = "23514";
    private static final String DEFAULT_PARTITION = "_default";

    private static final Set<String> LOCK_TIMEOUT = Set.of("55P03", "HYT00");

    /** By a statement time-out, among others. */
    private static final String CANCELLED = "57014";

    private static final String UNIQUE_VIOLATION = "23505";

    private SqlFailures() {}

    /** The database's own error in what a library wrapped around it, or null if there is none. */
    static @Nullable SQLException sqlOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BatchUpdateException batch && batch.getNextException() != null) {
                return batch.getNextException();
            }
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    /** Whether the transaction was rolled back for no fault of its own and is to be tried again. */
    static boolean isLostRace(@Nullable SQLException failure) {
        return failure != null && (LOST_RACE.contains(state(failure)) || cameBeforePartition(failure));
    }

    /** The month got its partition while the row waited for the default one; a check constraint has a name. */
    private static boolean cameBeforePartition(SQLException failure) {
        if (!CHECK_VIOLATION.equals(state(failure)) || !(failure instanceof PSQLException refused)) {
            return false;
        }
        ServerErrorMessage told = refused.getServerErrorMessage();
        return told != null
                && told.getConstraint() == null
                && told.getTable() != null
                && told.getTable().endsWith(DEFAULT_PARTITION);
    }

    static boolean isUniqueViolation(Throwable failure) {
        SQLException sql = sqlOf(failure);
        return sql != null && UNIQUE_VIOLATION.equals(state(sql));
    }

    /** Whether somebody else held a lock for too long. */
    static boolean isLockTimeout(Throwable failure) {
        SQLException sql = sqlOf(failure);
        return sql != null && LOCK_TIMEOUT.contains(state(sql));
    }

    /** Whether it took too long, for a lock or for itself: what is done in small parts may go on with the next. */
    static boolean isTimeout(Throwable failure) {
        SQLException sql = sqlOf(failure);
        return isLockTimeout(failure)
                || sql instanceof SQLTimeoutException
                || (sql != null && CANCELLED.equals(state(sql)));
    }

    /**
     * The exception a store throws for it. The database's message goes along only where it cannot tell of data: what is
     * wrapped around it may show arguments.
     */
    static StoreException translate(Throwable failure) {
        SQLException sql = sqlOf(failure);
        if (sql == null) {
            return new StoreException(
                    "the database library failed: " + failure.getClass().getName());
        }
        if (sql instanceof SharedFileException file) {
            String message = String.valueOf(file.getMessage());
            return file.isTemporary()
                    ? new StoreUnavailableException(message, file)
                    : new StoreException(message, file);
        }
        String state = state(sql);
        String shown = state.isEmpty() ? sql.getClass().getSimpleName() : "SQLSTATE " + state;
        if (isUnavailable(sql)) {
            return new StoreUnavailableException(
                    "the database cannot be reached or did not answer (" + shown + "); repeating the call is safe",
                    sql);
        }
        boolean tellsOfData = state.startsWith("22") || state.startsWith("23");
        return new StoreException(
                "the database refused what the store asked (" + shown + ")" + hint(state), tellsOfData ? null : sql);
    }

    static boolean isUnavailable(SQLException failure) {
        String state = state(failure);
        return (state.length() == 5 && UNAVAILABLE_CLASSES.contains(state.substring(0, 2)))
                || UNAVAILABLE.contains(state)
                || isLostRace(failure)
                || failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || isCutOff(failure);
    }

    private static boolean isCutOff(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }

    private static String hint(String state) {
        return switch (state) {
            case "42501" -> "; the role lacks a right: see META-INF/ralph/roles.sql in the jar of ralph-store-jdbc";
            case "42P01", "3F000", "42S02", "42S04", "90079" ->
                "; the schema is missing: open the store once with" + " MigrationMode.RUN";
            default -> "";
        };
    }

    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "" : state;
    }
}
