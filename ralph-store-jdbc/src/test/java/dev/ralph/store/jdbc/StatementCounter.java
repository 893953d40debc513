/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** Writes down what is executed. Thread-safe. */
final class StatementCounter implements StatementObserver {

    private final List<String> executed = new ArrayList<>();

    /** The first words of each statement, and COMMIT, since the last call. */
    synchronized List<String> take() {
        List<String> taken = List.copyOf(executed);
        executed.clear();
        return taken;
    }

    @Override
    public synchronized void executing(Connection connection, String sql, List<ObservedDataSource.Value> values) {
        executed.add(
                sql.strip().replaceAll("\\s+", " ").replaceAll("^(INSERT INTO|UPDATE|DELETE FROM) (\\S+).*", "$1 $2"));
    }

    @Override
    public synchronized void committing() {
        executed.add("COMMIT");
    }
}
