/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.spi.Store;
import dev.ralph.store.jdbc.ChildJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The server ends every connection of a node, again and again. */
@Tag("fault")
@Tag("linux")
@ExtendWith(FaultTable.class)
class ConnectionsCutTest {

    private static final int RUNS = 4;
    private static final int ROUNDS = 200;

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    @DisplayName("pg_terminate_backend on all connections of a node at work")
    void theRunsGoOn(Figures figures) throws Exception {
        String[] tasks = Arena.tasks("cut", RUNS);
        try (Arena arena = new Arena(folder);
                Store store = DATABASE.open()) {
            ChildJvm node = arena.start(arena.host("host", tasks), arena.order("node", DATABASE.url("node"), tasks));
            int cut = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long written = DATABASE.log().size();
                cut += DATABASE.count("""
                        SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity
                        WHERE datname = current_database() AND application_name = 'node'""");
                arena.await("the node writes again", () -> DATABASE.log().size() > written);
            }
            arena.finish(tasks);
            arena.awaitCompleted(node, tasks);

            RunAudit audit = RunAudit.of(store, DATABASE.log(), arena, tasks);
            figures.add("rounds", ROUNDS)
                    .add("connections cut", cut)
                    .add("iterations, none lost or doubled", audit.iterations())
                    .add("attempts repeated", audit.abandoned());
        }
    }
}
