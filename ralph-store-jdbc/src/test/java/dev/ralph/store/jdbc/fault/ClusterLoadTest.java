/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** No fault, but enough runs that whatever two nodes could do to each other happens. */
@Tag("fault")
@Tag("linux")
@Isolated
@ExtendWith(FaultTable.class)
class ClusterLoadTest {

    private static final int RUNS = 10_000;

    /** What one node has to do at least, of what would be half. */
    private static final int SHARE = RUNS / 5;

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(900)
    @DisplayName("10,000 runs on two nodes")
    void everyRunIsWorkedOnce(Figures figures) throws Exception {
        String[] tasks = Arena.tasks("run", RUNS);
        try (Fleet fleet = new Fleet(folder, DATABASE)) {
            for (String node : List.of("one", "other")) {
                fleet.start(fleet.order(node).slots(8).connections(12));
            }
            long begin = System.nanoTime();
            for (String task : tasks) {
                fleet.front()
                        .submit(fleet.endless(task, WritingAgent.taking(Duration.ZERO))
                                .build());
            }
            long submitted = System.nanoTime() - begin;
            fleet.awaitEnded(RUNS);
            long took = System.nanoTime() - begin;
            fleet.requireIdle();

            assertThat(count("ralph.orchestrations WHERE status = 'COMPLETED'")).isEqualTo(RUNS);
            assertThat(count("ralph.iterations")).isEqualTo(RUNS);
            assertThat(count("(SELECT DISTINCT run_id FROM ralph.iterations) AS i"))
                    .isEqualTo(RUNS);
            assertThat(count("ralph.attempts")).isEqualTo(RUNS);
            assertThat(count("(SELECT DISTINCT run, entry->>'lease_token' FROM witness.writes"
                            + " WHERE written = 'UPDATE orchestrations' AND entry->>'lease_token' IS NOT NULL) AS c"))
                    .as("claims")
                    .isEqualTo(RUNS);
            int one = 0;
            for (String task : tasks) {
                List<Mark> marks = fleet.arena().marks(task);
                assertThat(marks).as(task).extracting(Mark::what).containsExactly("begin", "end");
                one += marks.get(0).node().equals("one") ? 1 : 0;
            }
            assertThat(one).as("runs of one of the nodes").isBetween(SHARE, RUNS - SHARE);
            figures.add("runs, each claimed once, worked once, recorded once", RUNS)
                    .add("of them on one node", one)
                    .add("s to submit them", submitted / 1_000_000_000)
                    .add("s until the last had ended", took / 1_000_000_000);
        }
    }

    private static int count(String from) throws Exception {
        return DATABASE.count("SELECT count(*) FROM " + from);
    }
}
