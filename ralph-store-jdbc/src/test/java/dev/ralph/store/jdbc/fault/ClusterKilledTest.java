/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AgentRef;
import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.IterationRecord;
import dev.ralph.RunSnapshot;
import dev.ralph.StopReason;
import dev.ralph.spi.Gate;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Nodes of a cluster die at any moment, for as long as there is work. */
@Tag("fault")
@Tag("linux")
@Isolated
@ExtendWith(FaultTable.class)
class ClusterKilledTest {

    private static final int RUNS = 1_000;
    private static final int ITERATIONS = 3;
    private static final int NODES = 3;

    /** Runs that share a budget of so many attempts, and have no other end. */
    private static final int SPENDERS = 10;

    private static final int AFFORDABLE = 150;
    private static final Duration SPENDING = Duration.ofSeconds(2);

    /** A node is killed whenever up to so many runs more have ended. */
    private static final int MOST_BETWEEN_KILLS = 50;

    /** After a kill: lease, detection, and a place that becomes free on a node that is busy. */
    private static final Duration TAKEOVER = Duration.ofSeconds(20);

    private static final long SEED = 20261127;
    private static final String ALL = "all";
    private static final String FEW = "few";

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(1_200)
    @DisplayName("kill -9 of random nodes of a cluster of three, as long as 1,000 runs last")
    void everyRunComesToItsEnd(Figures figures) throws Exception {
        String[] tasks = Arena.tasks("run", RUNS - SPENDERS);
        String[] spenders = Arena.tasks("spender", SPENDERS);
        try (Fleet fleet = new Fleet(folder, DATABASE)) {
            fleet.front().defineBudget(new BudgetLimit(ALL, null, new BigDecimal("100000")));
            fleet.front().defineBudget(new BudgetLimit(FEW, AFFORDABLE * Arena.TOKENS, null));
            AgentRef agent = ClusterAgents.scriptedRef();
            for (String task : spenders) {
                fleet.front()
                        .submit(fleet.endless(task, WritingAgent.taking(SPENDING))
                                .gate(Gate.command("false"))
                                .budget(ALL)
                                .budget(FEW)
                                .build());
            }
            for (String task : tasks) {
                fleet.front()
                        .submit(fleet.task(task, agent, ITERATIONS).budget(ALL).build());
            }
            Map<String, Instant> deaths = fleet.killAtRandom(NODES, RUNS, MOST_BETWEEN_KILLS, new Random(SEED));
            fleet.requireIdle();

            RunAudit audit = RunAudit.of(fleet.store(), DATABASE.log(), fleet.arena(), tasks);
            assertThat(audit.iterations()).isEqualTo(tasks.length * ITERATIONS);
            int spent = 0;
            BigDecimal cost = BigDecimal.ZERO;
            for (String task : spenders) {
                RunSnapshot run = run(fleet, task);
                assertThat(run.reason()).as(task).isEqualTo(StopReason.SHARED_BUDGET);
                assertThat(fleet.store().iterations(run.id(), 0, AFFORDABLE))
                        .extracting(IterationRecord::iteration)
                        .isEqualTo(IntStream.rangeClosed(1, run.progress().iterations())
                                .boxed()
                                .toList());
                spent += run.progress().attempts();
            }
            LongSummaryStatistics takeovers = new LongSummaryStatistics();
            for (String[] some : List.of(tasks, spenders)) {
                for (String task : some) {
                    cost = cost.add(run(fleet, task).progress().spend().total());
                    takeovers.combine(takeovers(fleet, task, deaths));
                }
            }
            assertThat(takeovers.getCount()).isPositive();
            assertThat(Duration.ofMillis(takeovers.getMax()))
                    .as("the longest take-over")
                    .isLessThan(TAKEOVER);
            BudgetStatus few = fleet.front().budget(FEW).orElseThrow();
            assertThat(spent).as("attempts out of a budget for " + AFFORDABLE).isEqualTo(AFFORDABLE);
            assertThat(few.consumedTokens()).isEqualTo(AFFORDABLE * Arena.TOKENS);
            assertThat(few.reserved().tokens()).isZero();
            BudgetStatus all = fleet.front().budget(ALL).orElseThrow();
            assertThat(all.consumedCost()).as("what all runs spent").isEqualByComparingTo(cost);
            assertThat(all.reserved().cost()).isEqualByComparingTo(BigDecimal.ZERO);
            figures.add("kills", deaths.size())
                    .add("runs, all ended", RUNS)
                    .add("iterations, none lost or doubled", audit.iterations())
                    .add("attempts repeated", audit.abandoned())
                    .add("take-overs of runs of dead nodes", takeovers.getCount())
                    .addMillis("after the kill another node had the run", takeovers)
                    .add("attempts out of a shared budget for " + AFFORDABLE, spent);
        }
    }

    private static RunSnapshot run(Fleet fleet, String task) {
        return fleet.store().findByTask(task).orElseThrow().snapshot();
    }

    /** How long after its node's death another one claimed the run. */
    private static LongSummaryStatistics takeovers(Fleet fleet, String task, Map<String, Instant> deaths)
            throws Exception {
        LongSummaryStatistics millis = new LongSummaryStatistics();
        List<WriteLog.Write> claims =
                WriteLog.claims(DATABASE.log().of(run(fleet, task).id()));
        for (int i = 1; i < claims.size(); i++) {
            Instant death = deaths.get(claims.get(i - 1).node());
            if (death != null && death.isBefore(claims.get(i).at())) {
                millis.accept(Duration.between(death, claims.get(i).at()).toMillis());
            }
        }
        return millis;
    }
}
