/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks the server for the plan of everything that is executed, with the very values. Thread-safe. */
final class Plans implements StatementObserver {

    private final List<String> plans = new ArrayList<>();

    /** The plans since the last call. */
    synchronized List<String> take() {
        List<String> taken = List.copyOf(plans);
        plans.clear();
        return taken;
    }

    @Override
    public synchronized void executing(Connection connection, String sql, List<ObservedDataSource.Value> values)
            throws SQLException {
        try (PreparedStatement explain = connection.prepareStatement("EXPLAIN (COSTS OFF) " + sql)) {
            for (ObservedDataSource.Value value : values) {
                value.setOn(explain);
            }
            try (ResultSet lines = explain.executeQuery()) {
                StringBuilder plan = new StringBuilder();
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
                plans.add(plan.toString());
            }
        }
    }
}
