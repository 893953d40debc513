/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.store.jdbc.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

/** A cluster whose clocks disagree by ten minutes. */
@Tag("fault")
@Tag("linux")
@Isolated
@ExtendWith(FaultTable.class)
class ClusterClocksTest {

    private static final Duration ERROR = Duration.ofMinutes(5);
    private static final Duration DELAY = Duration.ofSeconds(3);

    /** Later than due, where every node has room. */
    private static final Duration LATE = Duration.ofSeconds(5);

    private static final int RUNS = 30;
    private static final int ITERATIONS = 4;
    private static final int HELD = 2;

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    @DisplayName("a cluster of nodes with clocks 5 minutes ahead and behind")
    void runsBeginWhenTheyAreDueAndStayWhereTheyAre(Figures figures) throws Exception {
        String[] tasks = Arena.tasks("run", RUNS);
        String[] held = Arena.tasks("held", HELD);
        try (Fleet fleet = new Fleet(folder, DATABASE)) {
            ChildJvm ahead = fleet.start(fleet.order("ahead").slots(HELD).clockAheadBy(ERROR));
            fleet.arena().hold(held);
            for (String task : held) {
                fleet.front()
                        .submit(fleet.task(task, ClusterAgents.scriptedRef(), 1).build());
                fleet.arena().awaitAgent(task, "ahead");
            }
            for (String name : List.of("behind", "right")) {
                fleet.start(fleet.order(name)
                        .slots(RUNS)
                        .clockAheadBy(name.equals("behind") ? ERROR.negated() : Duration.ZERO));
            }
            for (String task : tasks) {
                fleet.front()
                        .submit(fleet.task(task, WritingAgent.taking(Duration.ofMillis(500)), ITERATIONS)
                                .startDelay(DELAY)
                                .build());
            }
            fleet.awaitEnded(RUNS);
            LongSummaryStatistics late = new LongSummaryStatistics();
            for (String task : tasks) {
                List<WriteLog.Write> writes = writes(fleet, task);
                List<WriteLog.Write> claims = WriteLog.claims(writes);
                assertThat(claims).as("claims of %s", task).hasSize(1);
                Instant due = writes.get(0).at().plus(DELAY);
                late.accept(Duration.between(due, claims.get(0).at()).toMillis());
            }
            // The database wrote the run down a moment after it had read the time.
            assertThat(late.getMin()).as("the earliest begin").isGreaterThan(-100);
            assertThat(Duration.ofMillis(late.getMax())).as("the latest begin").isLessThan(LATE);
            for (String task : held) {
                assertThat(WriteLog.claims(writes(fleet, task)))
                        .as("claims of %s while its node lives", task)
                        .hasSize(1);
            }
            ahead.kill();
            Instant died = Instant.now();
            fleet.arena().release(held);
            fleet.awaitEnded(RUNS + HELD);
            fleet.requireIdle();

            LongSummaryStatistics takeovers = new LongSummaryStatistics();
            for (String task : held) {
                List<WriteLog.Write> claims = WriteLog.claims(writes(fleet, task));
                assertThat(claims).as("claims of %s", task).hasSize(2);
                takeovers.accept(Duration.between(died, claims.get(1).at()).toMillis());
            }
            assertThat(Duration.ofMillis(takeovers.getMax()))
                    .isLessThan(fleet.order("x").lease().plusSeconds(5));
            RunAudit audit = RunAudit.of(fleet.store(), DATABASE.log(), fleet.arena(), tasks)
                    .plus(RunAudit.of(fleet.store(), DATABASE.log(), fleet.arena(), held));
            figures.add("runs with a delayed start, none stolen", RUNS)
                    .addMillis("after they were due they began", late)
                    .add("iterations, none lost or doubled", audit.iterations())
                    .addMillis("after the kill of the node that was ahead another had its runs", takeovers);
        }
    }

    private static List<WriteLog.Write> writes(Fleet fleet, String task) throws Exception {
        RunId run = fleet.store().findByTask(task).orElseThrow().snapshot().id();
        return DATABASE.log().of(run);
    }
}
