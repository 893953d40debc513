/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.StopReason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A newer node works on the same database. */
class NewerNodeTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @Test
    void aRunItEndedForAReasonOfItsOwnIsLeftOutOfListingsThatGoOnBehindIt() throws SQLException {
        try (JdbcStore store = JdbcStore.builder()
                .dataSource(DATABASE.pool())
                .migrations(MigrationMode.NONE)
                .build()) {
            List<RunId> runs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                TestRun run = TestRun.begin(store);
                run.end(StopReason.STALLED);
                runs.add(0, run.id());
            }
            DATABASE.execute("UPDATE ralph.orchestrations SET reason = 'OUT_OF_LUCK' WHERE id = '" + runs.get(1) + "'");

            List<RunId> listed = new ArrayList<>();
            RunQuery query = RunQuery.NEWEST.withLimit(1);
            for (Page<RunSnapshot> page = store.list(query); ; page = store.list(query)) {
                page.items().forEach(run -> listed.add(run.id()));
                if (page.next() == null) {
                    break;
                }
                query = query.withAfter(page.next());
            }

            assertThat(listed).containsExactlyInAnyOrder(runs.get(0), runs.get(2));
        }
    }
}
