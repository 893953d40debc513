/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.BOUND;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static dev.ralph.loop.Playground.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.Actor;
import dev.ralph.BudgetLimit;
import dev.ralph.CheckpointPolicy;
import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.OrchestratorClosedException;
import dev.ralph.Run;
import dev.ralph.StopReason;
import dev.ralph.Usage;
import dev.ralph.event.ActivityEvent;
import dev.ralph.metrics.RalphMetricNames;
import dev.ralph.metrics.RalphMetrics;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.Gate;
import dev.ralph.spi.UsageReport;
import dev.ralph.store.InMemoryStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What real runs leave in a registry. */
class MetricsTest {

    private static final AgentOutcome DONE =
            new AgentOutcome.Finished("LOOP_COMPLETE", false, report(0, Cost.billed(BigDecimal.ZERO)));
    private static final AgentOutcome WORKING =
            new AgentOutcome.Finished("working", false, report(0, Cost.billed(BigDecimal.ZERO)));

    @RegisterExtension
    final Playground play = new Playground();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CountDownLatch atWork = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    @Test
    void attemptsIterationsMoneyGatesAndEndsAreCounted() throws Exception {
        AtomicInteger attempt = new AtomicInteger();
        Orchestrator ralph = start((invocation, listener) -> switch (attempt.incrementAndGet()) {
            case 1 ->
                new AgentOutcome.Failed(
                        FailureClass.AGENT_ERROR, "no", null, report(1, Cost.billed(new BigDecimal("0.10"))));
            case 2 -> new AgentOutcome.Finished("working", false, report(10, Cost.estimated(new BigDecimal("0.50"))));
            default ->
                new AgentOutcome.Finished("LOOP_COMPLETE", false, report(100, Cost.billed(new BigDecimal("0.25"))));
        });

        assertThat(result(ralph.submit(task(play.directory("w"))
                                .gate(Gate.command("true"))
                                .build()))
                        .reason())
                .isEqualTo(StopReason.COMPLETED);
        awaitEnds(1, "status", "completed", "reason", "completed");

        assertThat(count(RalphMetricNames.RUNS_SUBMITTED)).isEqualTo(1);
        assertThat(count(RalphMetricNames.RUNS, "reason", "max_cost"))
                .as("what did not happen is there too")
                .isZero();
        assertThat(timed(RalphMetricNames.RUN_DURATION, "status", "completed")).isEqualTo(1);
        assertThat(count(RalphMetricNames.ITERATIONS, "agent", "scripted", "outcome", "failed"))
                .isEqualTo(1);
        assertThat(count(RalphMetricNames.ITERATIONS, "agent", "scripted", "outcome", "succeeded"))
                .isEqualTo(2);
        assertThat(timed(RalphMetricNames.ATTEMPTS, "agent", "scripted", "outcome", "failed"))
                .isEqualTo(1);
        assertThat(timed(RalphMetricNames.ATTEMPTS, "agent", "scripted", "outcome", "succeeded"))
                .isEqualTo(2);
        assertThat(count(RalphMetricNames.ERRORS, "agent", "scripted", "type", "agent_error"))
                .isEqualTo(1);
        assertThat(count(RalphMetricNames.ERRORS, "agent", "none", "type", "internal_error"))
                .isZero();
        assertThat(count(RalphMetricNames.TOKENS, "agent", "scripted", "kind", "input"))
                .isEqualTo(111);
        assertThat(count(RalphMetricNames.TOKENS, "agent", "scripted", "kind", "cache_write"))
                .isEqualTo(444);
        assertThat(count(RalphMetricNames.COST, "agent", "scripted", "kind", "billed"))
                .isEqualTo(0.35);
        assertThat(count(RalphMetricNames.COST, "agent", "scripted", "kind", "estimated"))
                .isEqualTo(0.5);
        assertThat(timed(RalphMetricNames.GATES, "gate", "true", "outcome", "passed"))
                .isEqualTo(1);
        assertThat(timed(RalphMetricNames.STORE_CALLS, "operation", "claim", "outcome", "ok"))
                .isPositive();
    }

    @Test
    void anAdapterThatFailsIsAnInternalError() throws Exception {
        Orchestrator ralph = start((invocation, listener) -> {
            throw new IllegalStateException("a bug");
        });

        result(ralph.submit(task(play.directory("w")).build()));
        awaitEnds(1, "status", "failed", "reason", "internal_error");

        assertThat(count(RalphMetricNames.ERRORS, "agent", "none", "type", "internal_error"))
                .isEqualTo(1);
    }

    @Test
    void checkpointsAreTimedWhetherTheyAreMadeOrNot() throws Exception {
        Orchestrator ralph = start((invocation, listener) -> DONE);

        result(ralph.submit(task(play.repository("w"))
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .build()));
        awaitEnds(1, "reason", "completed");

        assertThat(timed(RalphMetricNames.CHECKPOINTS, "outcome", "made")).isPositive();
        assertThat(registry.find(RalphMetricNames.CHECKPOINTS)
                        .tags("outcome", "failed")
                        .timer())
                .isNull();
    }

    @Test
    void aStepWhoseAnswerWasLostIsCountedOnce() throws Exception {
        FaultyStore way = new FaultyStore(play.closing(new InMemoryStore(InstantSource.system())));
        way.loseAnswers();
        Orchestrator ralph = play.start(Orchestrator.builder()
                .meterRegistry(registry)
                .store(way)
                .agent(new InProcessAgent("scripted", (invocation, listener) -> WORKING)));

        result(ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().maxIterations(3).build())
                .build()));
        awaitEnds(1, "reason", "max_iterations");

        assertThat(way.answersLost()).hasSizeGreaterThan(6);
        assertThat(count(RalphMetricNames.ITERATIONS, "agent", "scripted", "outcome", "succeeded"))
                .isEqualTo(3);
        assertThat(timed(RalphMetricNames.ATTEMPTS, "agent", "scripted", "outcome", "succeeded"))
                .isEqualTo(3);
        assertThat(timed(RalphMetricNames.STORE_CALLS, "operation", "commit", "outcome", "error"))
                .isEqualTo(way.answersLost().size());
    }

    @Test
    void aRunThatIsGivenUpBecauseItsLeaseIsLostIsCounted() throws Exception {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        InMemoryStore store = play.closing(new InMemoryStore(() -> Instant.now().plus(ahead.get())));
        AtomicInteger attempts = new AtomicInteger();
        Orchestrator ralph = play.start(Orchestrator.builder()
                .meterRegistry(registry)
                .store(store)
                .leases(Duration.ofSeconds(4), Duration.ofMillis(1500))
                .agent(new InProcessAgent("scripted", (invocation, listener) -> {
                    if (attempts.incrementAndGet() > 1) {
                        return DONE;
                    }
                    ahead.set(Duration.ofMinutes(1));
                    new CountDownLatch(1).await();
                    return WORKING;
                })));

        result(ralph.submit(task(play.directory("w")).build()));
        awaitEnds(1, "reason", "completed");

        assertThat(count(RalphMetricNames.LEASE_LOSSES)).isEqualTo(1);
        assertThat(timed(RalphMetricNames.ATTEMPTS, "agent", "scripted", "outcome", "abandoned"))
                .isEqualTo(1);
    }

    @Test
    void aRunIsShownByItsIdWhileItIsAtWorkAndNoLonger() throws Exception {
        Orchestrator ralph = start(this::blocked);
        Run run = ralph.submit(task(play.directory("w")).build());
        atWork.await();

        assertThat(gauge(RalphMetricNames.RUNS_ACTIVE).value()).isEqualTo(1);
        assertThat(gauge(RalphMetricNames.TASK_DURATION, "task_id", run.id().toString())
                        .value())
                .isBetween(0.0, (double) BOUND.toSeconds());
        assertThat(gauge(RalphMetricNames.RUNS_IDLE).value()).isBetween(0.0, (double) BOUND.toSeconds());
        go.countDown();
        result(run);

        until(
                () -> registry.find(RalphMetricNames.TASK_DURATION).meters().isEmpty() ? true : null,
                "the end of the gauge");
        assertThat(gauge(RalphMetricNames.RUNS_ACTIVE).value()).isZero();
        assertThat(gauge(RalphMetricNames.RUNS_IDLE).value()).isZero();
    }

    @Test
    void aRegistryThatIsBoundLaterShowsWhatIsAtWorkAndCountsFromThenOn() throws Exception {
        Orchestrator ralph = play.start(Orchestrator.builder().agent(new InProcessAgent("scripted", this::blocked)));
        Run run = ralph.submit(task(play.directory("w")).build());
        atWork.await();

        new RalphMetrics(ralph.as(Actor.of("somebody"))).bindTo(registry);
        new RalphMetrics(ralph).bindTo(registry);
        go.countDown();
        result(run);
        awaitEnds(1, "reason", "completed");

        assertThat(count(RalphMetricNames.RUNS_SUBMITTED)).isZero();
        assertThat(count(RalphMetricNames.ITERATIONS, "agent", "scripted", "outcome", "succeeded"))
                .isEqualTo(1);
    }

    @Test
    void theQueueAndTheBudgetsAreAskedOfTheStore() throws Exception {
        Orchestrator ralph = play.start(Orchestrator.builder()
                .meterRegistry(registry)
                .maxParallelRuns(1)
                .agent(new InProcessAgent("scripted", this::blocked)));
        ralph.defineBudget(new BudgetLimit("team", 1_000_000L, null));
        Limits limits = Limits.builder().reservedTokens(1_000L).build();
        Run first = ralph.submit(
                task(play.directory("w")).budget("team").limits(limits).build());
        atWork.await();
        Run second = ralph.submit(task(play.directory("other")).build());
        ralph.submit(task(play.directory("w")).startDelay(Duration.ofHours(1)).build());

        assertThat(gauge(RalphMetricNames.QUEUE_DEPTH).value())
                .as("neither the one at work nor the one that is to start later")
                .isEqualTo(1);
        assertThat(gauge(RalphMetricNames.QUEUE_AGE).value()).isBetween(0.0, (double) BOUND.toSeconds());
        assertThat(gauge(RalphMetricNames.BUDGET_LIMIT, "budget", "team", "unit", "tokens")
                        .value())
                .isEqualTo(1_000_000);
        assertThat(gauge(RalphMetricNames.BUDGET_RESERVED, "budget", "team", "unit", "tokens")
                        .value())
                .isEqualTo(1_000);
        assertThat(gauge(RalphMetricNames.BUDGET_CONSUMED, "budget", "team", "unit", "tokens")
                        .value())
                .isZero();
        assertThat(registry.find(RalphMetricNames.BUDGET_LIMIT)
                        .tag("unit", "usd")
                        .meters())
                .as("it has no limit of money")
                .isEmpty();
        go.countDown();
        result(first);
        result(second);
    }

    @Test
    void activityThatAListenerIsTooSlowForIsCounted() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        Orchestrator ralph = play.start(builder((invocation, listener) -> {
                    for (int i = 0; i < 1_500; i++) {
                        listener.text("word");
                    }
                    heard.countDown();
                    return DONE;
                })
                .listener(event -> {
                    if (event instanceof ActivityEvent) {
                        uninterrupted(heard);
                    }
                }));

        result(ralph.submit(task(play.directory("w")).build()));

        assertThat(count(RalphMetricNames.EVENTS_DROPPED)).isBetween(499.0, 500.0);
    }

    @Test
    void healthIsShownAsItWasFoundAndNotAskedForByReadingIt() {
        Orchestrator ralph = start((invocation, listener) -> DONE);

        assertThat(gauge(RalphMetricNames.HEALTH, "check", "agents").value()).isNaN();
        ralph.health().full();
        assertThat(gauge(RalphMetricNames.HEALTH, "check", "agents").value()).isEqualTo(1);
        assertThat(gauge(RalphMetricNames.HEALTH, "check", "orchestrator").value())
                .isEqualTo(1);
    }

    @Test
    void metersGoWhenTheOrchestratorIsClosedAndAClosedOneHasNone() throws Exception {
        Orchestrator ralph = start((invocation, listener) -> DONE);
        result(ralph.submit(task(play.directory("w")).build()));

        ralph.close();

        assertThat(registry.getMeters()).extracting(Meter::getId).isEmpty();
        assertThatExceptionOfType(OrchestratorClosedException.class).isThrownBy(() -> ralph.measure(registry));
        assertThat(registry.getMeters()).isEmpty();
    }

    private Orchestrator start(InProcessAgent.Work work) {
        return play.start(builder(work));
    }

    private OrchestratorBuilder builder(InProcessAgent.Work work) {
        return Orchestrator.builder().meterRegistry(registry).agent(new InProcessAgent("scripted", work));
    }

    private AgentOutcome blocked(AgentInvocation invocation, AgentListener listener) throws InterruptedException {
        atWork.countDown();
        go.await();
        return DONE;
    }

    /** A run has ended for everybody a moment before it is counted. */
    private void awaitEnds(int runs, String... tags) {
        until(() -> count(RalphMetricNames.RUNS, tags) == runs ? true : null, "the count of the end");
    }

    private double count(String name, String... tags) {
        Counter counter = registry.get(name).tags(tags).counter();
        return counter.count();
    }

    private long timed(String name, String... tags) {
        Timer timer = registry.get(name).tags(tags).timer();
        return timer.count();
    }

    private Gauge gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge();
    }

    private static UsageReport report(long tokens, Cost cost) {
        return new UsageReport(new Usage(tokens, 2 * tokens, 3 * tokens, 4 * tokens), cost);
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
