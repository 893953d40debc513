/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jspecify.annotations.Nullable;

/**
 * Runs work on a connection and tells its failures in the store's terms. Thread-safe. An interrupt neither ends a call nor
 * is lost: it would cost the connection, under H2 the database.
 */
final class Database {

    /** How often a transaction is tried that loses a race for no fault of its own. */
    private static final int TRIES = 4;

    private static final Duration MOST_BETWEEN_TRIES = Duration.ofMillis(50);

    private final Jdbi jdbi;
    private final AtomicBoolean closed;

    /**
     * Works on connections of {@code source}.
     *
     * @param statementTimeout how long the driver lets a statement take; null if the server sees to that, which costs less
     * @param closed once true, every call is refused
     */
    Database(ConnectionFactory source, @Nullable Duration statementTimeout, AtomicBoolean closed) {
        this.closed = closed;
        jdbi = Jdbi.create(source);
        jdbi.getConfig(SqlStatements.class)
                .setQueryTimeout(statementTimeout == null ? null : Math.toIntExact(statementTimeout.toSeconds()));
        // The default shows the arguments.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
    }

    /** One statement that changes nothing. */
    <T extends @Nullable Object> T read(Function<Handle, T> work) {
        return single(work);
    }

    /** One statement, which is a transaction of its own. {@code work} may run more than once. */
    <T extends @Nullable Object> T single(Function<Handle, T> work) {
        return uninterrupted(() -> jdbi.withHandle(handle ->
                handle.getConnection().getAutoCommit() ? work.apply(handle) : handle.inTransaction(work::apply)));
    }

    /** One transaction; whatever is thrown rolls it back. {@code work} may run more than once. */
    <T extends @Nullable Object> T write(Function<Handle, T> work) {
        return uninterrupted(() -> jdbi.inTransaction(work::apply));
    }

    /** As {@link #write}, without an answer. */
    void change(Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return true;
        });
    }

    private <T extends @Nullable Object> T uninterrupted(Call<T> call) {
        boolean interrupted = Thread.interrupted();
        try {
            return repeated(call);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T extends @Nullable Object> T repeated(Call<T> call) {
        for (int tries = 1; ; tries++) {
            requireOpen();
            try {
                return call.make();
            } catch (JdbiException e) {
                requireOpen();
                if (tries == TRIES || !SqlFailures.isLostRace(SqlFailures.sqlOf(e))) {
                    throw SqlFailures.translate(e);
                }
            } catch (SQLException e) {
                throw SqlFailures.translate(e);
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MOST_BETWEEN_TRIES.toNanos()));
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new StoreException("this store is closed; open a new one");
        }
    }

    @FunctionalInterface
    private interface Call<T extends @Nullable Object> {
        T make() throws SQLException;
    }
}
