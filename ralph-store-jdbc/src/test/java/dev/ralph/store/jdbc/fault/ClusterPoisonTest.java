/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.StopReason;
import dev.ralph.store.jdbc.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A run that kills every node that works it, among others that do no harm. */
@Tag("fault")
@Tag("linux")
@Isolated
@ExtendWith(FaultTable.class)
class ClusterPoisonTest {

    private static final int NODES = 2;
    private static final int HEALTHY = 40;
    private static final int ITERATIONS = 10;
    private static final int TAKEOVERS = RetryPolicy.DEFAULT.maxTakeovers();
    private static final String POISON = "poison";

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    @DisplayName("a run that kills each node it comes to, among healthy ones")
    void itIsGivenUpAndTheOthersAreNot(Figures figures) throws Exception {
        String[] tasks = Arena.tasks("healthy", HEALTHY);
        try (Fleet fleet = new Fleet(folder, DATABASE)) {
            Files.createFile(folder.resolve(POISON));
            Run poison = fleet.front()
                    .submit(fleet.task(POISON, WritingAgent.killingWhile(POISON), 1)
                            .retry(RetryPolicy.DEFAULT)
                            .build());
            for (String task : tasks) {
                fleet.front()
                        .submit(fleet.task(task, WritingAgent.taking(Duration.ofMillis(100)), ITERATIONS)
                                .retry(RetryPolicy.DEFAULT)
                                .build());
            }
            ChildJvm[] nodes = new ChildJvm[NODES];
            int deaths = 0;
            for (int i = 0; i < NODES; i++) {
                nodes[i] = fleet.startDoomed(fleet.order("node-" + i));
            }
            while (!poison.snapshot().status().isFinal()) {
                for (int i = 0; i < NODES; i++) {
                    if (!nodes[i].isAlive()) {
                        deaths++;
                        nodes[i] = fleet.startDoomed(fleet.order("node-" + i + "-" + deaths));
                    }
                }
                assertThat(deaths).isLessThanOrEqualTo(TAKEOVERS);
                fleet.await(
                        "a node dies, or the run is given up",
                        () -> !Stream.of(nodes).allMatch(ChildJvm::isAlive)
                                || poison.snapshot().status().isFinal());
            }
            RunSnapshot dead = poison.snapshot();
            assertThat(deaths).isEqualTo(TAKEOVERS);
            assertThat(dead.reason()).isEqualTo(StopReason.DEAD_LETTERED);
            assertThat(dead.detail()).contains("died " + TAKEOVERS + " times");
            assertThat(fleet.front()
                            .list(RunQuery.NEWEST.withReasons(StopReason.DEAD_LETTERED))
                            .items())
                    .extracting(RunSnapshot::id)
                    .containsExactly(poison.id());
            fleet.awaitEnded(HEALTHY + 1);
            RunAudit audit = RunAudit.of(fleet.store(), DATABASE.log(), fleet.arena(), tasks);
            assertThat(audit.iterations()).isEqualTo(HEALTHY * ITERATIONS);

            Files.delete(folder.resolve(POISON));
            poison.retry();
            fleet.await("it goes on", () -> poison.snapshot().reason() != StopReason.DEAD_LETTERED);
            fleet.awaitEnded(HEALTHY + 1);
            fleet.requireIdle();
            assertThat(poison.snapshot().reason()).isEqualTo(StopReason.COMPLETED);
            assertThat(poison.snapshot().progress().attempts()).isEqualTo(TAKEOVERS + 1);
            figures.add("nodes it killed before it was given up", deaths)
                    .add("healthy runs, all completed", HEALTHY)
                    .add("iterations of theirs, none lost or doubled", audit.iterations())
                    .add("attempts of theirs repeated", audit.abandoned())
                    .add("retry after it was mended, completed", 1);
        }
    }
}
