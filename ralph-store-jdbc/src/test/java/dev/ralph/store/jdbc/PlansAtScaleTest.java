/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With 1,000,000 iterations. */
@Tag("scale")
@Timeout(600)
class PlansAtScaleTest extends PlanRules {

    private static final int RUNS = 200_000;

    /** Its row, agent, label, spec, gate result, checkpoint, command, entry of the queue, 5 iterations, 5 attempts, 2 events. */
    private static final int ROWS_A_RUN = 20;

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @BeforeAll
    static void load() throws SQLException {
        Duration took = ManyRuns.store(DATABASE.server(), DATABASE.name(), RUNS);
        System.out.printf(
                "%,d runs with %,d iterations: %,d rows in %.1f s, %,d rows/s%n",
                RUNS,
                RUNS * 5,
                RUNS * ROWS_A_RUN,
                took.toMillis() / 1000.0,
                (long) RUNS * ROWS_A_RUN * 1000 / took.toMillis());
    }

    @Override
    PostgresDatabase database() {
        return DATABASE;
    }
}
