/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReadOnlyCopyTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @Test
    void listingsAreReadFromTheCopyAndNothingElse() {
        StatementCounter copy = new StatementCounter();
        StatementCounter work = new StatementCounter();
        try (JdbcStore store = JdbcStore.builder()
                .dataSource(new ObservedDataSource(DATABASE.pool(), work))
                .readOnlyDataSource(new ObservedDataSource(DATABASE.pool(), copy))
                .migrations(MigrationMode.NONE)
                .build()) {
            TestRun run = TestRun.begin(store);
            run.start(1);
            assertThat(copy.take()).isEmpty();
            work.take();

            assertThat(store.list(RunQuery.NEWEST).items()).hasSize(1);

            assertThat(copy.take()).hasSize(1);
            assertThat(work.take()).isEmpty();
            assertThat(run.row().snapshot().version()).isEqualTo(1);
            assertThat(copy.take()).isEmpty();
        }
    }
}
