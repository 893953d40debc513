/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.store.jdbc.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Nodes of a cluster are frozen in turn until others have their runs, and then go on as if nothing had happened. */
@Tag("fault")
@Tag("linux")
@Isolated
@ExtendWith(FaultTable.class)
class ClusterStoppedTest {

    private static final int NODES = 3;
    private static final int ROUNDS = 4;
    private static final int RUNS = 24;

    /** They go on until they are finished, so that there is work in every round. */
    private static final int ENDLESS = 1_000_000;

    /** Long enough that an agent whose node is frozen is dead before another node may start one. */
    private static final Duration LEASE = Duration.ofSeconds(9);

    private static final Duration MARGIN = Duration.ofSeconds(4);

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    @DisplayName("SIGSTOP of the nodes of a cluster in turn until others have their runs, then SIGCONT")
    void aFrozenNodeIsReplacedAndComesBack(Figures figures) throws Exception {
        String[] tasks = Arena.tasks("frozen", RUNS);
        LongSummaryStatistics takeovers = new LongSummaryStatistics();
        int taken = 0;
        try (Fleet fleet = new Fleet(folder, DATABASE)) {
            for (String task : tasks) {
                fleet.front()
                        .submit(fleet.moving(task, ClusterAgents.scriptedRef(), ENDLESS)
                                .build());
            }
            fleet.arena().hold(tasks);
            List<ChildJvm> nodes = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                nodes.add(fleet.start(fleet.order(name(i)).leases(LEASE, MARGIN).slots(2)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                String victim = name(round % NODES);
                fleet.await(
                        victim + " is at work", () -> workedBy(fleet, victim).size() == 2);
                ChildJvm node = nodes.get(round % NODES);
                List<RunId> its = workedBy(fleet, victim);
                long begin = System.nanoTime();
                node.signal("STOP");
                fleet.arena().release(tasks);
                fleet.await(
                        "others have the runs of " + victim,
                        () -> its.stream().noneMatch(run -> isWorkedBy(fleet, run, victim)));
                takeovers.accept(Duration.ofNanos(System.nanoTime() - begin).toMillis());
                taken += its.size();
                fleet.arena().hold(tasks);
                node.signal("CONT");
            }
            fleet.arena().finish(tasks);
            fleet.arena().release(tasks);
            fleet.awaitEnded(RUNS);
            fleet.requireIdle();

            RunAudit audit = RunAudit.of(fleet.store(), DATABASE.log(), fleet.arena(), tasks);
            assertThat(audit.iterations()).isGreaterThanOrEqualTo(RUNS);
            figures.add("times", ROUNDS)
                    .add("runs taken over", taken)
                    .addMillis("after SIGSTOP others had them", takeovers)
                    .add("iterations, none lost or doubled", audit.iterations())
                    .add("attempts repeated", audit.abandoned())
                    .add("rows written, each under the lease that held", audit.writes());
        }
    }

    private static String name(int node) {
        return "freezer-" + node;
    }

    private static List<RunId> workedBy(Fleet fleet, String node) {
        return fleet
                .store()
                .list(RunQuery.NEWEST.withStatuses(RunStatus.RUNNING).withLimit(RUNS))
                .items()
                .stream()
                .filter(run -> node.equals(run.owner()))
                .map(RunSnapshot::id)
                .toList();
    }

    private static boolean isWorkedBy(Fleet fleet, RunId run, String node) {
        RunSnapshot now = fleet.store().find(run).orElseThrow().snapshot();
        return now.status() == RunStatus.RUNNING && node.equals(now.owner());
    }
}
