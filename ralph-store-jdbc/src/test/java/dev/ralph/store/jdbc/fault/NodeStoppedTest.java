/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.spi.Store;
import dev.ralph.store.jdbc.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A node is stopped until its lease is over and another one has its run, and then goes on as if nothing had happened. */
@Tag("fault")
@Tag("linux")
@ExtendWith(FaultTable.class)
class NodeStoppedTest {

    private static final Duration LEASE = Duration.ofSeconds(9);
    private static final Duration MARGIN = Duration.ofSeconds(4);
    private static final int AGENTS_AT_WORK = 4;

    /** What the stopped node does next is to launch an agent: a race between its threads, so more than once. */
    private static final int LAUNCHES = 4;

    /** More nodes than that take long to start on two cores. */
    private static final int AT_ONCE = 7;

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    @DisplayName("SIGSTOP of the node past its lease, take-over on another host, SIGCONT")
    void whatTheStoppedNodeDoesAfterwardsComesTooLate(Figures figures) throws Exception {
        Map<String, Callable<TakeOver>> takeOvers = new LinkedHashMap<>();
        List<Boundary> boundaries = new ArrayList<>(List.of(Boundary.after(StepKind.CLAIMED)));
        for (StepKind step : List.of(StepKind.TAKEN_UP, StepKind.STARTED, StepKind.SETTLED)) {
            boundaries.add(new Boundary(step, Boundary.Moment.UNSENT));
            boundaries.add(Boundary.before(step));
            boundaries.add(Boundary.after(step));
        }
        boundaries.addAll(Collections.nCopies(LAUNCHES, Boundary.after(StepKind.STARTED)));
        try (Arena arena = new Arena(folder);
                Store store = DATABASE.open()) {
            for (int i = 0; i < AGENTS_AT_WORK; i++) {
                String task = "at-work-" + i;
                takeOvers.put(task, () -> stopAndTakeOver(arena, store, task, null));
            }
            for (Boundary boundary : boundaries) {
                String task = "at-" + takeOvers.size() + "-" + boundary.step() + "-" + boundary.moment();
                takeOvers.put(task, () -> stopAndTakeOver(arena, store, task, boundary));
            }
            List<TakeOver> results = Lanes.run(AT_ONCE, takeOvers);
            LongSummaryStatistics gaps = new LongSummaryStatistics();
            results.subList(0, AGENTS_AT_WORK).forEach(result -> gaps.accept(result.gapMillis()));
            figures.add("take-overs", results.size())
                    .add(
                            "rows written, each under the lease that held",
                            results.stream()
                                    .mapToInt(result -> result.audit().writes())
                                    .sum())
                    .addMillis("between the old agent's last sign and the new one's first", gaps);
        }
    }

    /**
     * What came of one.
     *
     * @param gapMillis from the last sign of life of the old node's agent to the first of the new one's
     */
    private record TakeOver(long gapMillis, RunAudit audit) {}

    private static TakeOver stopAndTakeOver(Arena arena, Store store, String task, @Nullable Boundary stop)
            throws Exception {
        String old = task + "-old";
        String successor = task + "-new";
        if (stop == null) {
            arena.hold(task);
        }
        Boundary untilToldTo = new Boundary(StepKind.CLAIMED, Boundary.Moment.UNSENT);
        ChildJvm next = arena.start(
                arena.host(successor, task), order(arena, successor, task).stoppingAt(untilToldTo));
        next.await("at " + untilToldTo, Arena.BOUND);
        ChildJvm stopped =
                arena.start(arena.host(old, task), order(arena, old, task).stoppingAt(stop));
        if (stop == null) {
            arena.awaitAgent(task, old);
        } else {
            stopped.await("at " + stop, Arena.BOUND);
            arena.hold(task);
        }
        stopped.signal("STOP");
        stopped.say("go on");
        next.say("go on");
        Mark begin = arena.awaitAgent(task, successor);

        stopped.signal("CONT");
        stopped.await("given up", Arena.BOUND);
        arena.finish(task);
        arena.release(task);
        arena.awaitCompleted(next, task);
        arena.awaitCompleted(stopped, task);

        long lastSign = arena.marks(task).stream()
                .filter(mark -> mark.node().equals(old))
                .mapToLong(Mark::at)
                .max()
                .orElse(0);
        assertThat(lastSign).isLessThan(begin.at());
        return new TakeOver((begin.at() - lastSign) / 1_000_000, RunAudit.of(store, DATABASE.log(), arena, task));
    }

    /** The new owner has the lease and has written nothing yet: the version is still the old owner's, the token is not. */
    @Test
    @Timeout(600)
    @DisplayName("the same, the old node's next step arriving between the claim and the first step of the other")
    void theTokenAloneRefusesTheOldNode(Figures figures) throws Exception {
        Map<String, Callable<RunAudit>> steps = new LinkedHashMap<>();
        try (Arena arena = new Arena(folder);
                Store store = DATABASE.open()) {
            for (StepKind step : List.of(StepKind.TAKEN_UP, StepKind.STARTED, StepKind.SETTLED, StepKind.ENDED)) {
                String task = "token-" + step;
                steps.put(task, () -> stopAndClaim(arena, store, task, new Boundary(step, Boundary.Moment.UNSENT)));
            }
            int writes = Lanes.run(AT_ONCE, steps).stream()
                    .mapToInt(RunAudit::writes)
                    .sum();
            figures.add("steps refused", steps.size()).add("rows written, each under the lease that held", writes);
        }
    }

    private static RunAudit stopAndClaim(Arena arena, Store store, String task, Boundary stop) throws Exception {
        String old = task + "-old";
        String successor = task + "-new";
        arena.finish(task);
        ChildJvm stopped =
                arena.start(arena.host(old, task), order(arena, old, task).stoppingAt(stop));
        stopped.await("at " + stop, Arena.BOUND);
        Boundary claimed = Boundary.after(StepKind.CLAIMED);
        ChildJvm next = arena.start(
                arena.host(successor, task), order(arena, successor, task).stoppingAt(claimed));
        stopped.signal("STOP");
        stopped.say("go on");
        next.await("at " + claimed, Arena.BOUND);

        stopped.signal("CONT");
        stopped.await("given up", Arena.BOUND);
        next.say("go on");
        arena.awaitCompleted(next, task);
        return RunAudit.of(store, DATABASE.log(), arena, task);
    }

    @Test
    @Timeout(600)
    @DisplayName("the same with the other node on the same host: it waits for the workspace")
    void onOneHostTheStoppedNodeKeepsItsWorkspace(Figures figures) throws Exception {
        String task = "kept";
        try (Arena arena = new Arena(folder);
                Store store = DATABASE.open()) {
            Path host = arena.host("host", task);
            arena.hold(task);
            ChildJvm stopped = arena.start(host, order(arena, "first", task));
            arena.awaitAgent(task, "first");
            stopped.signal("STOP");
            arena.start(host, order(arena, "second", task));
            RunId run = store.findByTask(task).orElseThrow().snapshot().id();
            arena.await(
                    "the second node has had the lease",
                    () -> DATABASE.log().of(run).stream()
                            .anyMatch(write -> write.node().equals("second")));
            assertThat(arena.agentAlive(task)).isFalse();
            assertThat(arena.marks(task)).allMatch(mark -> mark.node().equals("first"));

            stopped.signal("CONT");
            stopped.await("given up", Arena.BOUND);
            arena.finish(task);
            arena.release(task);
            arena.awaitCompleted(stopped, task);
            RunAudit audit = RunAudit.of(store, DATABASE.log(), arena, task);
            figures.add("claims", audit.claims()).add("attempts", audit.attempts());
        }
    }

    private static NodeOrder order(Arena arena, String name, String task) {
        return arena.order(name, DATABASE.url(name), task).leases(LEASE, MARGIN);
    }
}
