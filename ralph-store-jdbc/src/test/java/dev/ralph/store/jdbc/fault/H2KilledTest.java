/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.spi.Store;
import dev.ralph.store.jdbc.ChildJvm;
import dev.ralph.store.jdbc.JdbcStore;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process that has its runs in an H2 file is killed at any moment. */
@Tag("fault")
@Tag("linux")
@ExtendWith(FaultTable.class)
class H2KilledTest {

    private static final int RUNS = 3;
    private static final int KILLS = 20;
    private static final int MOST_STEPS = 30;
    private static final long SEED = 20261127;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    @DisplayName("H2: kill -9 of the process under load")
    void whatWasAcknowledgedIsThere(Figures figures) throws Exception {
        Random random = new Random(SEED);
        String[] tasks = Arena.tasks("h2", RUNS);
        String url = "jdbc:h2:file:" + folder.resolve("runs");
        try (Arena arena = new Arena(folder)) {
            Path host = arena.hostWithRepositories("host", tasks);
            int compared = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                NodeOrder order = arena.order("node-" + kill, url, tasks).withCheckpoints();
                try (ChildJvm node = arena.start(host, order)) {
                    int enough = arena.acks().size() + 1 + random.nextInt(MOST_STEPS);
                    arena.await("more steps", () -> arena.acks().size() >= enough);
                    node.kill();
                }
                try (Store store = JdbcStore.builder().url(url).pool(1, 2).build()) {
                    compared = AckAudit.requireStored(arena.acks(), store);
                }
            }
            arena.finish(tasks);
            try (ChildJvm node =
                    arena.start(host, arena.order("last", url, tasks).withCheckpoints())) {
                arena.awaitCompleted(node, tasks);
                node.await("closed", Arena.BOUND);
            }
            try (Store store = JdbcStore.builder().url(url).pool(1, 2).build()) {
                RunAudit audit = RunAudit.of(store, arena, tasks);
                figures.add("kills", KILLS)
                        .add("steps acknowledged before the last one, all there", compared)
                        .add("iterations, none lost or doubled", audit.iterations())
                        .add("attempts repeated", audit.abandoned());
            }
        }
    }
}
