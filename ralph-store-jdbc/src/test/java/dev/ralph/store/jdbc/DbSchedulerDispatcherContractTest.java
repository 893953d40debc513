/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.Store;
import dev.ralph.tck.DistributedDispatcherContract;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class DbSchedulerDispatcherContractTest extends DistributedDispatcherContract {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @BeforeEach
    void empty() throws SQLException {
        DATABASE.execute("TRUNCATE ralph.orchestrations, ralph.run_agents, ralph.run_labels, ralph.queue");
    }

    @Override
    protected Store openStore() {
        return JdbcStore.builder()
                .url(DATABASE.url())
                .pool(1, 5)
                .migrations(MigrationMode.NONE)
                .build();
    }

    @Override
    protected Dispatcher open() {
        return DbSchedulerDispatcher.working(Duration.ofMillis(50));
    }
}
