/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps the first transaction that executes a certain statement from its commit until it may go on. */
final class HeldCommit implements StatementObserver {

    private static final long BOUND_SECONDS = 60;

    private final String statement;
    private final ThreadLocal<Boolean> executes = ThreadLocal.withInitial(() -> false);
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Holds what executes a statement that begins like this. */
    HeldCommit(String statement) {
        this.statement = statement;
    }

    @Override
    public void executing(Connection connection, String sql, List<ObservedDataSource.Value> values) {
        if (sql.strip().startsWith(statement)) {
            executes.set(true);
        }
    }

    @Override
    public void committing() {
        if (executes.get()) {
            executes.remove();
            reached.countDown();
            await(released);
        }
    }

    /** Waits until the transaction has done everything but its commit. */
    void awaitReached() {
        await(reached);
    }

    void release() {
        released.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
