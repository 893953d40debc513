/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With 100,000 iterations. */
@Tag("integration")
class PlansTest extends PlanRules {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @BeforeAll
    static void load() throws SQLException {
        ManyRuns.store(DATABASE.server(), DATABASE.name(), 20_000);
    }

    @Override
    PostgresDatabase database() {
        return DATABASE;
    }
}
