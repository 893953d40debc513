/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.store.jdbc.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A cluster is replaced node by node while it works. */
@Tag("fault")
@Tag("linux")
@Isolated
@ExtendWith(FaultTable.class)
class ClusterRestartedTest {

    private static final int NODES = 3;
    private static final int ROUNDS = 2;
    private static final int RUNS = 200;
    private static final int ITERATIONS = 12;
    private static final int LONG_RUNS = 4;
    private static final Duration ITERATION = Duration.ofMillis(250);

    /** Shorter than an iteration of the long runs, which are cut off. */
    private static final Duration DRAIN = Duration.ofSeconds(4);

    private static final Duration LONG_ITERATION = Duration.ofSeconds(40);

    /** From the deadline until what was cut off is dead and written. */
    private static final Duration CUTTING_OFF = Duration.ofSeconds(3);

    /** From the deadline to the end of the process, and until another node that is busy has room for a run handed back. */
    private static final Duration SLACK = Duration.ofSeconds(8);

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(900)
    @DisplayName("SIGTERM of every node of a cluster under load, one after the other, twice")
    void noIterationIsLostAndNobodyIsKeptWaiting(Figures figures) throws Exception {
        String[] tasks = Arena.tasks("run", RUNS);
        String[] longTasks = Arena.tasks("long", LONG_RUNS);
        Map<String, Instant> told = new HashMap<>();
        LongSummaryStatistics ends = new LongSummaryStatistics();
        try (Fleet fleet = new Fleet(folder, DATABASE)) {
            List<ChildJvm> nodes = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                nodes.add(fleet.start(order(fleet, i)));
            }
            for (String task : longTasks) {
                fleet.front()
                        .submit(fleet.task(task, WritingAgent.taking(LONG_ITERATION), 1)
                                .build());
            }
            for (String task : longTasks) {
                fleet.await(
                        task + " is at work", () -> !fleet.arena().marks(task).isEmpty());
            }
            for (String task : tasks) {
                fleet.front()
                        .submit(fleet.task(task, WritingAgent.taking(ITERATION), ITERATIONS)
                                .build());
            }
            for (int i = 0; i < NODES * ROUNDS; i++) {
                nodes.add(fleet.start(order(fleet, NODES + i)));
                told.put("node-" + i, Instant.now());
                long begin = System.nanoTime();
                nodes.get(i).signal("TERM");
                nodes.get(i).await("closed ", DRAIN.plus(SLACK));
                ends.accept(Duration.ofNanos(System.nanoTime() - begin).toMillis());
            }
            assertThat(fleet.ended()).as("all nodes were replaced under load").isLessThan(RUNS);
            fleet.awaitEnded(RUNS + LONG_RUNS);
            fleet.requireIdle();

            RunAudit audit = RunAudit.of(fleet.store(), DATABASE.log(), fleet.arena(), tasks);
            assertThat(audit.iterations()).isEqualTo(RUNS * ITERATIONS);
            assertThat(audit.abandoned()).as("iterations begun in vain").isZero();
            RunAudit audited =
                    RunAudit.of(fleet.store(), DATABASE.log(), fleet.arena(), RecordAudit.OF_SHUTDOWNS, longTasks);
            int cutOff = audited.attempts() - audited.iterations();
            assertThat(audited.iterations()).isEqualTo(LONG_RUNS);
            assertThat(cutOff).as("iterations longer than the deadline").isPositive();
            LongSummaryStatistics handBacks = new LongSummaryStatistics();
            LongSummaryStatistics handOvers = new LongSummaryStatistics();
            for (String[] some : List.of(tasks, longTasks)) {
                for (String task : some) {
                    note(fleet, task, told, handBacks, handOvers);
                }
            }
            assertThat(Duration.ofMillis(handBacks.getMax()))
                    .as("the last sign of a node that was told to end")
                    .isLessThan(DRAIN.plus(CUTTING_OFF));
            assertThat(Duration.ofMillis(handOvers.getMax()))
                    .as("the longest hand-over")
                    .isLessThan(DRAIN.plus(SLACK));
            figures.add("nodes replaced", told.size())
                    .addMillis("after SIGTERM (deadline " + DRAIN.toSeconds() + " s) they had ended", ends)
                    .add("iterations, none lost, doubled or begun in vain", audit.iterations())
                    .add("hand-overs", handOvers.getCount())
                    .addMillis("after SIGTERM the node had given the run back", handBacks)
                    .addMillis("after SIGTERM another node had the run", handOvers)
                    .add("iterations longer than the deadline, cut off and repeated", cutOff);
        }
    }

    private static WorkerOrder order(Fleet fleet, int node) {
        return fleet.order("node-" + node).drainingFor(DRAIN);
    }

    /** How long after its node was told to end it wrote the last about the run, and another one claimed it. */
    private static void note(
            Fleet fleet,
            String task,
            Map<String, Instant> told,
            LongSummaryStatistics handBacks,
            LongSummaryStatistics handOvers)
            throws Exception {
        List<WriteLog.Write> writes = DATABASE.log()
                .of(fleet.store().findByTask(task).orElseThrow().snapshot().id());
        List<WriteLog.Write> claims = WriteLog.claims(writes);
        for (int i = 1; i < claims.size(); i++) {
            String node = claims.get(i - 1).node();
            Instant next = claims.get(i).at();
            Instant end = told.get(node);
            if (end != null && end.isBefore(next)) {
                handOvers.accept(Duration.between(end, next).toMillis());
                writes.stream()
                        .filter(write -> write.node().equals(node) && write.at().isBefore(next))
                        .map(WriteLog.Write::at)
                        .max(Comparator.naturalOrder())
                        .ifPresent(last ->
                                handBacks.accept(Duration.between(end, last).toMillis()));
            }
        }
    }
}
