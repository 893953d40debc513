/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The database of a cluster goes and comes back. */
@Tag("fault")
@Tag("linux")
@Isolated
@ExtendWith(FaultTable.class)
class ClusterDatabaseTest {

    private static final int RUNS = 120;
    private static final int ITERATIONS = 10;
    private static final int RESTARTS = 8;
    private static final int MOST_BETWEEN = 15;
    private static final long SEED = 20261127;

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.onItsOwnServer();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    @DisplayName("the database restarted under a cluster, in turn in order (fast) and as by a crash (immediate)")
    void everyNodeComesBackByItself(Figures figures) throws Exception {
        Random random = new Random(SEED);
        Postmaster server = Postmaster.of(DATABASE.server());
        String[] tasks = Arena.tasks("run", RUNS);
        try (Fleet fleet = new Fleet(folder, DATABASE)) {
            for (String node : List.of("one", "two", "three")) {
                fleet.start(fleet.order(node));
            }
            for (String task : tasks) {
                fleet.front()
                        .submit(fleet.task(task, WritingAgent.taking(Duration.ofMillis(50)), ITERATIONS)
                                .build());
            }
            for (int i = 0; i < RESTARTS; i++) {
                int enough = fleet.ended() + 1 + random.nextInt(MOST_BETWEEN);
                fleet.awaitEnded(Math.min(enough, RUNS - RESTARTS + i));
                if (i % 2 == 0) {
                    server.restart();
                } else {
                    server.stopImmediately();
                    server.start();
                }
            }
            assertThat(fleet.ended()).as("there was work to the last").isLessThan(RUNS);
            fleet.awaitEnded(RUNS);
            fleet.requireIdle();

            RunAudit audit = RunAudit.of(fleet.store(), DATABASE.log(), fleet.arena(), tasks);
            assertThat(audit.iterations()).isEqualTo(RUNS * ITERATIONS);
            figures.add("restarts", RESTARTS)
                    .add("runs", RUNS)
                    .add("iterations, none lost or doubled", audit.iterations())
                    .add("attempts repeated", audit.abandoned());
        }
    }
}
