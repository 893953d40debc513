/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.spi.Store;
import dev.ralph.store.jdbc.ChildJvm;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The server dies under load and recovers from its log. */
@Tag("fault")
@Tag("linux")
@ExtendWith(FaultTable.class)
class ServerCrashTest {

    private static final int RUNS_PER_NODE = 4;
    private static final int CRASHES = 12;
    private static final int MOST_STEPS = 40;
    private static final long SEED = 20261127;

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.onItsOwnServer();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    @DisplayName("pg_ctl stop -m immediate under load, start with recovery")
    void whatWasAcknowledgedIsThere(Figures figures) throws Exception {
        Random random = new Random(SEED);
        Postmaster server = Postmaster.of(DATABASE.server());
        String[] first = Arena.tasks("first", RUNS_PER_NODE);
        String[] second = Arena.tasks("second", RUNS_PER_NODE);
        try (Arena arena = new Arena(folder);
                PostgresProxy proxy = PostgresProxy.start(DATABASE.server().port(), () -> false)) {
            ChildJvm one = arena.start(
                    arena.hostWithRepositories("host-1", first),
                    arena.order("one", DATABASE.url("one", proxy), first).withCheckpoints());
            ChildJvm other = arena.start(
                    arena.hostWithRepositories("host-2", second),
                    arena.order("other", DATABASE.url("other", proxy), second).withCheckpoints());
            int compared = 0;
            for (int crash = 0; crash < CRASHES; crash++) {
                int enough = arena.acks().size() + 1 + random.nextInt(MOST_STEPS);
                arena.await("more steps", () -> arena.acks().size() >= enough);
                server.stopImmediately();
                proxy.cutOff();
                server.start();
                try (Store store = DATABASE.open()) {
                    compared = AckAudit.requireStored(arena.acks(), store);
                }
                proxy.heal();
            }
            arena.finish(first);
            arena.finish(second);
            arena.awaitCompleted(one, first);
            arena.awaitCompleted(other, second);

            try (Store store = DATABASE.open()) {
                RunAudit audit = RunAudit.of(store, DATABASE.log(), arena, first)
                        .plus(RunAudit.of(store, DATABASE.log(), arena, second));
                figures.add("crashes", CRASHES)
                        .add("steps acknowledged before the last one, all there", compared)
                        .add("iterations, none lost or doubled", audit.iterations())
                        .add("attempts repeated", audit.abandoned());
            }
        }
    }
}
