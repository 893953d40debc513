/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.store.jdbc.ChildJvm;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** One more than there are nodes: the busiest one is frozen, so a node that was frozen has got work again. */
    private static final int ROUNDS = NODES + 1;

    /** Two nodes have room for all of them. */
    private static final int RUNS = 5;

    private static final int SLOTS = 3;

    /** They go on until they are finished, so that there is work in every round. */
    private static final int ENDLESS = 1_000_000;

    /** Long enough that an agent whose node is frozen is dead before another node may start one. */
    private static final Duration LEASE = Duration.ofSeconds(9);

    private static final Duration MARGIN = Duration.ofSeconds(4);

    /** What is promised, with longer leases, of a run whose nodes do not die again and again. */
    private static final Duration TAKEOVER = Duration.ofSeconds(20);

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
        LongSummaryStatistics first = new LongSummaryStatistics();
        LongSummaryStatistics claimed = new LongSummaryStatistics();
        Set<String> takenBefore = new HashSet<>();
        LongSummaryStatistics atWork = new LongSummaryStatistics();
        int taken = 0;
        try (Fleet fleet = new Fleet(folder, DATABASE)) {
            Arena arena = fleet.arena();
            arena.hold(tasks);
            for (String task : tasks) {
                fleet.front()
                        .submit(fleet.moving(task, ClusterAgents.scriptedRef(), ENDLESS)
                                .build());
            }
            Map<String, ChildJvm> nodes = new HashMap<>();
            for (int i = 0; i < NODES; i++) {
                String name = "freezer-" + i;
                nodes.put(
                        name,
                        fleet.start(fleet.order(name).leases(LEASE, MARGIN).slots(SLOTS)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                fleet.await(
                        "an agent of every run is at work",
                        () -> Arrays.stream(tasks).allMatch(task -> isAtWork(arena, task)));
                List<String> its = runsOfTheBusiestNode(arena, tasks);
                String victim = last(arena, its.get(0)).node();
                ChildJvm node = Objects.requireNonNull(nodes.get(victim), victim);
                Instant frozen = Instant.now();
                node.signal("STOP");
                fleet.await(
                        "others have the runs of " + victim,
                        () -> its.stream()
                                .noneMatch(task -> last(arena, task).node().equals(victim)));
                atWork.accept(Duration.between(frozen, Instant.now()).toMillis());
                for (String task : its) {
                    long millis =
                            Duration.between(frozen, lastClaim(fleet, task)).toMillis();
                    claimed.accept(millis);
                    if (takenBefore.add(task)) {
                        first.accept(millis);
                    }
                }
                arena.release(tasks);
                fleet.await(
                        "they go on without " + victim,
                        () -> its.stream().allMatch(task -> hasEndedElsewhere(arena, task, victim)));
                node.signal("CONT");
                arena.hold(tasks);
                taken += its.size();
            }
            arena.finish(tasks);
            arena.release(tasks);
            fleet.awaitEnded(RUNS);
            fleet.requireIdle();

            RunAudit audit = RunAudit.of(fleet.store(), DATABASE.log(), arena, tasks);
            assertThat(audit.abandoned()).as("attempts nobody saw the end of").isGreaterThanOrEqualTo(taken);
            assertThat(Duration.ofMillis(first.getMax()))
                    .as("the longest take-over of a run whose node had not died before")
                    .isLessThan(TAKEOVER);
            figures.add("times", ROUNDS)
                    .add("runs taken over", taken)
                    .addMillis("after SIGSTOP others had them, for the first time", first)
                    .addMillis("or again", claimed)
                    .addMillis("after SIGSTOP their agents were at work", atWork)
                    .add("iterations, none lost or doubled", audit.iterations())
                    .add("rows written, each under the lease that held", audit.writes());
        }
    }

    private static Instant lastClaim(Fleet fleet, String task) throws SQLException {
        RunId run = fleet.store().findByTask(task).orElseThrow().snapshot().id();
        List<WriteLog.Write> claims = WriteLog.claims(DATABASE.log().of(run));
        return claims.get(claims.size() - 1).at();
    }

    private static List<String> runsOfTheBusiestNode(Arena arena, String[] tasks) {
        Map<String, List<String>> byNode = Stream.of(tasks)
                .collect(Collectors.groupingBy(task -> last(arena, task).node()));
        return Collections.max(byNode.values(), (one, other) -> Integer.compare(one.size(), other.size()));
    }

    private static boolean isAtWork(Arena arena, String task) {
        return !arena.marks(task).isEmpty() && last(arena, task).is("alive");
    }

    private static Mark last(Arena arena, String task) {
        List<Mark> marks = arena.marks(task);
        return marks.get(marks.size() - 1);
    }

    /** Whether an agent that another node launched after those of the frozen one has come to its end. */
    private static boolean hasEndedElsewhere(Arena arena, String task, String frozen) {
        List<Mark> marks = arena.marks(task);
        return marks.stream().skip(1L + lastIndexOf(marks, frozen)).anyMatch(mark -> mark.is("end"));
    }

    private static int lastIndexOf(List<Mark> marks, String node) {
        for (int i = marks.size() - 1; i >= 0; i--) {
            if (marks.get(i).node().equals(node)) {
                return i;
            }
        }
        return -1;
    }
}
