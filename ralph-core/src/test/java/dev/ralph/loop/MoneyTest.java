/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.event;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.Cost;
import dev.ralph.CostKind;
import dev.ralph.InvalidValueException;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunQuery;
import dev.ralph.RunResult;
import dev.ralph.RunSpecBuilder;
import dev.ralph.StopReason;
import dev.ralph.Usage;
import dev.ralph.agent.CommandAgentConfig.JsonResult;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MoneyTest {

    private static final JsonResult JSON =
            new JsonResult("/result", "/failed", "/in", "/out", "/cacheRead", "/cacheWrite", "/cost", CostKind.BILLED);
    private static final String TWO_DOLLARS =
            "echo '{\"result\":\"working\",\"in\":10,\"out\":20,\"cacheRead\":30,\"cacheWrite\":40,\"cost\":2.05}'";

    @RegisterExtension
    final Playground play = new Playground();

    @Test
    void theCostAnAgentReportsStopsTheRun() throws Exception {
        Orchestrator ralph = play.start(Orchestrator.builder()
                .agent(play.agent("scripted", TWO_DOLLARS).json(JSON).build()));

        Run run = ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().maxCost("4.10").build())
                .build());
        RunResult result = result(run);

        assertThat(result.reason()).isEqualTo(StopReason.MAX_COST);
        assertThat(result.iterations()).isEqualTo(2);
        assertThat(result.spend().billed()).isEqualByComparingTo("4.10");
        assertThat(result.spend().unknown()).isZero();
        assertThat(result.usage()).isEqualTo(new Usage(20, 40, 60, 80));
        assertThat(run.attempts(1).get(0).cost()).isEqualTo(Cost.billed(new BigDecimal("2.05")));
    }

    @Test
    void tokensOfEveryKindStopTheRun() throws Exception {
        Orchestrator ralph = play.start(Orchestrator.builder()
                .agent(play.agent("scripted", TWO_DOLLARS).json(JSON).build()));

        RunResult result = result(ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().maxTokens(101L).build())
                .build()));

        assertThat(result.reason()).isEqualTo(StopReason.MAX_TOKENS);
        assertThat(result.iterations()).isEqualTo(2);
    }

    @Test
    void anAgentThatReportsNothingIsChargedItsReservationsAsUnknown() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("echo working"));

        Run run = ralph.submit(task(play.directory("w"))
                .limits(Limits.builder()
                        .maxCost("3.00")
                        .reservedCost(new BigDecimal("1.00"))
                        .build())
                .build());
        RunResult result = result(run);

        assertThat(result.reason()).isEqualTo(StopReason.MAX_COST);
        assertThat(result.iterations()).isEqualTo(3);
        assertThat(result.spend().unknown()).isEqualByComparingTo("3.00");
        assertThat(result.spend().billed()).isZero();
        assertThat(run.attempts(1).get(0).cost().kind()).isEqualTo(CostKind.UNKNOWN);
        assertThat(run.attempts(1).get(0).usage()).isNull();
    }

    @Test
    void anAgentThatReportsWhileItWorksIsCutOffAtItsAllowance() throws Exception {
        AtomicReference<Throwable> ended = new AtomicReference<>();
        CountDownLatch never = new CountDownLatch(1);
        InProcessAgent agent = new InProcessAgent("scripted", (invocation, listener) -> {
            listener.usage(report(100, "0.40"));
            listener.usage(report(200, "0.90"));
            listener.usage(report(300, "1.20"));
            try {
                never.await();
                throw new IllegalStateException("not cut off");
            } catch (InterruptedException e) {
                ended.set(e);
                throw e;
            }
        });
        Orchestrator ralph = play.start(Orchestrator.builder().agent(agent));

        Run run = ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().maxCost("1.00").build())
                .build());
        RunResult result = result(run);

        assertThat(result.reason()).isEqualTo(StopReason.MAX_COST);
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        assertThat(result.spend().billed()).isEqualByComparingTo("1.20");
        assertThat(result.iterations()).isEqualTo(1);
        assertThat(run.attempts(1)).extracting(AttemptRecord::status).containsExactly(AttemptStatus.INTERRUPTED);
        assertThat(agent.invocations()).hasSize(1);
    }

    @Test
    void tokensUsedUpWithinAnAttemptCutItOffToo() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        InProcessAgent agent = new InProcessAgent("scripted", (invocation, listener) -> {
            listener.usage(report(1_000, "0.01"));
            never.await();
            throw new IllegalStateException("not cut off");
        });
        Orchestrator ralph = play.start(Orchestrator.builder().agent(agent));

        RunResult result = result(ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().maxTokens(1_000L).build())
                .build()));

        assertThat(result.reason()).isEqualTo(StopReason.MAX_TOKENS);
        assertThat(result.usage().total()).isEqualTo(1_000);
    }

    @Test
    void aReportThatShrinksMakesTheCostUnknownButNotLess() throws Exception {
        InProcessAgent agent = new InProcessAgent("scripted", (invocation, listener) -> {
            listener.usage(report(500, "0.50"));
            return new AgentOutcome.Finished("LOOP_COMPLETE", false, report(400, "0.10"));
        });
        Orchestrator ralph = play.start(Orchestrator.builder().agent(agent));

        RunResult result = result(ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().maxCost("2.00").build())
                .build()));

        assertThat(result.spend().unknown()).isEqualByComparingTo("0.50");
        assertThat(result.spend().billed()).isZero();
        assertThat(result.usage().total()).isEqualTo(500);
    }

    @Test
    void parallelRunsNeverReserveMoreThanASharedBudgetHas() throws Exception {
        AtomicReference<BigDecimal> most = new AtomicReference<>(BigDecimal.ZERO);
        AtomicReference<Orchestrator> orchestrator = new AtomicReference<>();
        InProcessAgent agent = new InProcessAgent("scripted", (invocation, listener) -> {
            BudgetStatus budget = orchestrator.get().budget("team").orElseThrow();
            most.accumulateAndGet(budget.consumedCost().add(budget.reserved().cost()), BigDecimal::max);
            return new AgentOutcome.Finished("working", false, report(10, "1.00"));
        });
        Orchestrator ralph = play.start(Orchestrator.builder().agent(agent).maxParallelRuns(4));
        orchestrator.set(ralph);
        ralph.defineBudget(new BudgetLimit("team", null, new BigDecimal("10.00")));
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            runs.add(ralph.submit(task(play.directory("w" + i))
                    .budget("team")
                    .limits(Limits.builder()
                            .reservedCost(new BigDecimal("1.00"))
                            .build())
                    .build()));
        }

        for (Run run : runs) {
            assertThat(result(run).reason()).isEqualTo(StopReason.SHARED_BUDGET);
        }
        BudgetStatus left = ralph.budget("team").orElseThrow();
        assertThat(left.consumedCost()).isEqualByComparingTo("10.00");
        assertThat(left.reserved().cost()).isZero();
        assertThat(most.get()).isLessThanOrEqualTo(new BigDecimal("10.00"));
        assertThat(agent.invocations()).hasSize(10);
    }

    @Test
    void aRunWaitsWhileAnotherHasTheRestOfTheBudgetSetAside() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("""
                echo x >>"$PLAY/started"
                while [ ! -e "$PLAY/go" ]; do sleep 0.05; done
                """));
        ralph.defineBudget(new BudgetLimit("team", null, new BigDecimal("1.00")));
        Limits all = Limits.builder()
                .maxIterations(1)
                .reservedCost(new BigDecimal("1.00"))
                .build();
        Run first = ralph.submit(
                task(play.directory("a")).budget("team").limits(all).build());
        play.awaitLines("started", 1);
        Run second = ralph.submit(
                task(play.directory("b")).budget("team").limits(all).build());

        assertThat(event(second, StateEvent.RunWaiting.class).why()).contains("team");
        play.directory("go");

        assertThat(result(first).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(result(second).reason()).isEqualTo(StopReason.SHARED_BUDGET);
        assertThat(play.lines("started")).hasSize(1);
    }

    @Test
    void aRunThatCannotSayWhatToSetAsideMayNotDrawFromASharedBudget() {
        Orchestrator ralph = play.start(play.orchestrator("echo working"));
        ralph.defineBudget(new BudgetLimit("money", null, new BigDecimal("1.00")));
        ralph.defineBudget(new BudgetLimit("tokens", 1_000L, null));
        Limits money = Limits.builder().maxCost("1.00").build();
        Limits tokens = Limits.builder().maxTokens(100L).build();

        for (RunSpecBuilder spec : List.of(
                task(play.directory("a")).budget("money").limits(tokens),
                task(play.directory("b")).budget("tokens").limits(money))) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> ralph.submit(spec.build()))
                    .withMessageContaining("reservedCost")
                    .withMessageContaining("reservedTokens");
        }
        assertThat(ralph.list(RunQuery.NEWEST).items()).isEmpty();
    }

    private static UsageReport report(long tokens, String cost) {
        return new UsageReport(new Usage(tokens, 0, 0, 0), Cost.billed(new BigDecimal(cost)));
    }
}
