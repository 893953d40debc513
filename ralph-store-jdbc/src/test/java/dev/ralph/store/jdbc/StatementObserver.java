/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Is told of what is executed on an {@link ObservedDataSource}. */
public interface StatementObserver {

    /** A statement is about to be executed; {@code values} sets its parameters on another statement. */
    void executing(Connection connection, String sql, List<ObservedDataSource.Value> values) throws SQLException;

    /** A transaction is about to be committed. */
    default void committing() {}

    /** It is committed, and the server has said so. */
    default void committed() {}
}
