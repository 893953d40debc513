/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.BOUND;
import static dev.ralph.loop.Playground.event;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static dev.ralph.loop.Playground.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.CheckpointPolicy;
import dev.ralph.Cost;
import dev.ralph.CostKind;
import dev.ralph.IterationRecord;
import dev.ralph.Limits;
import dev.ralph.OnInterrupted;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.OrchestratorClosedException;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunProgress;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.RunStateException;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.Usage;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import dev.ralph.store.InMemoryStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes that share a store: one ends, dies or loses its lease, the other goes on. */
@Tag("integration")
class TakeOverTest {

    /** The second iteration blocks until the folder {@code go} is there. */
    private static final String BLOCKS_IN_THE_SECOND = """
            echo x >>"$PLAY/count"
            if [ "$(wc -l <"$PLAY/count")" -gt 1 ] && [ ! -e "$PLAY/go" ]; then
              echo x >>"$PLAY/blocked"
              while [ ! -e "$PLAY/go" ]; do sleep 0.05; done
            fi
            echo working
            """;

    @RegisterExtension
    final Playground play = new Playground();

    private InMemoryStore store = new InMemoryStore(InstantSource.system());

    @BeforeEach
    void makeStore() {
        store = play.closing(new InMemoryStore(InstantSource.system()));
    }

    @Test
    @Tag("linux")
    void aNodeThatClosesAtOnceHandsItsRunBackAndAnotherRepeatsTheIteration() throws Exception {
        Orchestrator first = play.start(node("first", BLOCKS_IN_THE_SECOND));
        Run run = first.submit(task(play.directory("w"))
                .limits(Limits.builder()
                        .maxIterations(3)
                        .maxCost("100")
                        .reservedCost(BigDecimal.ONE)
                        .build())
                .build());
        play.awaitLines("blocked", 1);
        CompletableFuture<Throwable> awaiting = CompletableFuture.supplyAsync(() -> failureOf(run));

        assertThat(first.close(Duration.ZERO)).isFalse();

        assertThat(play.alive()).isEmpty();
        assertThat(awaiting.get(BOUND.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(OrchestratorClosedException.class)
                .hasMessageContaining("QUEUED");
        RunProgress before = run.snapshot().progress();
        assertThat(run.snapshot().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(run.snapshot().owner()).isNull();
        assertThat(before.iterations()).isEqualTo(1);
        assertThat(before.spend().unknown()).isEqualByComparingTo("2");
        assertThat(event(run, StateEvent.RunHandedBack.class).node()).isEqualTo("first");

        play.directory("go");
        Orchestrator second = play.start(node("second", BLOCKS_IN_THE_SECOND));
        RunResult result = result(second.resume(run.id()));

        assertThat(result.reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.iterations(0, 10)).extracting(IterationRecord::iteration).containsExactly(1, 2, 3);
        assertThat(run.attempts(2))
                .extracting(AttemptRecord::status)
                .containsExactly(AttemptStatus.INTERRUPTED, AttemptStatus.SUCCEEDED);
        assertThat(result.spend().unknown()).isEqualByComparingTo("4");
        assertThat(result.runtime()).isGreaterThanOrEqualTo(before.runtime());
        assertThat(takeUps(run)).containsExactly("first", "second");
        assertGapless(run);
    }

    @Test
    void aNodeThatDrainsLetsTheIterationFinish() throws Exception {
        Orchestrator first = play.start(node("first", BLOCKS_IN_THE_SECOND));
        Run run = first.submit(task(play.directory("w"))
                .limits(Limits.builder().maxIterations(3).build())
                .build());
        play.awaitLines("blocked", 1);

        CompletableFuture<Boolean> closing = CompletableFuture.supplyAsync(() -> first.close(BOUND));
        assertThatExceptionOfType(OrchestratorClosedException.class)
                .isThrownBy(() -> until(
                        () -> {
                            first.submit(task(play.directory("other")).build());
                            return null;
                        },
                        "a refusal"));
        play.directory("go");

        assertThat(closing.get(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(run.snapshot().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(run.iterations(0, 10)).extracting(IterationRecord::iteration).containsExactly(1, 2);
        Orchestrator second = play.start(node("second", BLOCKS_IN_THE_SECOND));
        assertThat(result(second.resume(run.id())).iterations()).isEqualTo(3);
        assertThat(run.attempts(2)).hasSize(1);
        assertGapless(run);
    }

    @Test
    void aRunThatEndsWhileTheNodeDrainsIsAwaitedToItsEnd() throws Exception {
        Orchestrator first = play.start(node("first", BLOCKS_IN_THE_SECOND));
        Run run = first.submit(task(play.directory("w"))
                .limits(Limits.builder().maxIterations(2).build())
                .build());
        play.awaitLines("blocked", 1);
        CompletableFuture<RunResult> awaiting = CompletableFuture.supplyAsync(() -> {
            try {
                return run.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        CompletableFuture<Boolean> closing = CompletableFuture.supplyAsync(() -> first.close(BOUND));
        play.directory("go");

        assertThat(awaiting.get(BOUND.toSeconds(), TimeUnit.SECONDS).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(closing.get(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aNodeThatCannotRenewKillsItsAgentBeforeAnotherStartsOne() throws Exception {
        String beats = """
                trap '' TERM
                n=$(ls "$PLAY" | grep -c '^beats')
                touch "$PLAY/beats-$n"
                while [ ! -e "$PLAY/go" ]; do date +%s%N >>"$PLAY/beats-$n"; sleep 0.02; done
                echo LOOP_COMPLETE
                """;
        FaultyStore way = new FaultyStore(store);
        Orchestrator first =
                play.start(node("first", beats).store(way).leases(Duration.ofSeconds(8), Duration.ofMillis(3500)));
        Run run = first.submit(task(play.directory("w"))
                .limits(Limits.builder()
                        .maxCost("10")
                        .reservedCost(BigDecimal.ONE)
                        .build())
                .build());
        play.awaitLines("beats-0", 3);
        way.cutOff();
        Orchestrator second = play.start(node("second", beats));
        Run continued = second.resume(run.id());
        play.awaitLines("beats-1", 3);
        way.heal();
        play.directory("go");

        assertThat(result(continued).reason()).isEqualTo(StopReason.COMPLETED);
        List<String> last = play.lines("beats-0");
        assertThat(Long.parseLong(last.get(last.size() - 1)))
                .isLessThan(Long.parseLong(play.lines("beats-1").get(0)));
        assertThat(continued.attempts(1))
                .extracting(AttemptRecord::status)
                .containsExactly(AttemptStatus.ABANDONED, AttemptStatus.SUCCEEDED);
        assertThat(continued.attempts(1).get(0).cost()).isEqualTo(new Cost(BigDecimal.ONE, CostKind.UNKNOWN));
        assertThat(takeUps(continued)).containsExactly("first", "second");
        assertGapless(continued);
    }

    @Test
    void anAbandonedAttemptIsChargedWhatItReportedIfThatIsMore() throws Exception {
        CountDownLatch dead = new CountDownLatch(1);
        FaultyStore way = new FaultyStore(store);
        InProcessAgent agent = new InProcessAgent("scripted", (invocation, listener) -> {
            listener.usage(new UsageReport(new Usage(7, 0, 0, 0), Cost.billed(new BigDecimal("2.50"))));
            try {
                new CountDownLatch(1).await();
                throw new IllegalStateException("nobody interrupted it");
            } finally {
                dead.countDown();
            }
        });
        Orchestrator first = play.start(Orchestrator.builder()
                .store(way)
                .node("first")
                .agent(agent)
                .leases(Duration.ofSeconds(6), Duration.ofMillis(2500)));
        Run run = first.submit(task(play.directory("w"))
                .limits(Limits.builder()
                        .maxCost("10")
                        .reservedCost(BigDecimal.ONE)
                        .build())
                .build());
        until(() -> store.reportedUsage(run.id(), 1, 1).orElse(null), "a report");
        way.cutOff();
        Orchestrator second = play.start(Orchestrator.builder()
                .store(store)
                .node("second")
                .agent(new InProcessAgent("scripted", (invocation, listener) -> {
                    assertThat(dead.getCount())
                            .as("agents alive on the first node")
                            .isZero();
                    return new AgentOutcome.Finished("LOOP_COMPLETE", false, UsageReport.NOTHING);
                })));

        RunResult result = result(second.resume(run.id()));

        assertThat(result.reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.spend().unknown()).isEqualByComparingTo("2.50");
        assertThat(result.usage().total()).isEqualTo(7);
    }

    @Test
    void answersThatAreLostChangeNothing() throws Exception {
        FaultyStore way = new FaultyStore(store);
        way.loseAnswers();
        Orchestrator ralph = play.start(
                node("first", "echo x >>\"$PLAY/count\"; echo working").store(way));

        Run run = ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().maxIterations(3).build())
                .build());

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(play.lines("count")).hasSize(3);
        assertThat(run.iterations(0, 10)).extracting(IterationRecord::iteration).containsExactly(1, 2, 3);
        assertThat(way.answersLost()).hasSizeGreaterThan(6);
        assertGapless(run);
    }

    @Test
    void aStepTheStoreWillNeverTakeIsNotRepeatedButEndsTheRun() throws Exception {
        FaultyStore way = new FaultyStore(store);
        Orchestrator ralph = play.start(node("first", """
                echo x >>"$PLAY/count"
                while [ ! -e "$PLAY/go" ]; do sleep 0.05; done
                """).store(way));
        Run run = ralph.submit(task(play.directory("w")).build());
        play.awaitLines("count", 1);

        way.refuseAStep();
        play.directory("go");
        RunResult result = result(run);

        assertThat(result.reason()).isEqualTo(StopReason.INTERNAL_ERROR);
        assertThat(result.detail()).contains("too long for the store");
        assertThat(play.lines("count")).hasSize(1);
        assertGapless(run);
    }

    @Test
    void aKnownTaskGoesOnWhereItIsSubmittedAgain() throws Exception {
        Orchestrator first = play.start(node("first", BLOCKS_IN_THE_SECOND));
        RunSpec spec = task(play.directory("w"))
                .taskId("task-1")
                .limits(Limits.builder().maxIterations(2).build())
                .build();
        Run run = first.submit(spec);
        play.awaitLines("blocked", 1);
        first.close(Duration.ZERO);
        play.directory("go");
        Orchestrator second = play.start(node("second", BLOCKS_IN_THE_SECOND));

        Run again = second.submit(spec);

        assertThat(again.id()).isEqualTo(run.id());
        assertThat(result(again).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(takeUps(again)).containsExactly("first", "second");
    }

    @Test
    @Tag("linux")
    void aNodeThatIsInterruptedWhileItClosesStillHandsItsRunsBack() throws Exception {
        Orchestrator first = play.start(node("first", BLOCKS_IN_THE_SECOND));
        Run run = first.submit(task(play.directory("w")).build());
        play.awaitLines("blocked", 1);
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Thread closing = new Thread(() -> {
            Thread.currentThread().interrupt();
            first.close(BOUND);
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });

        closing.start();
        closing.join(BOUND.toMillis());

        assertThat(closing.isAlive()).isFalse();
        assertThat(stillInterrupted).isTrue();
        assertThat(play.alive()).isEmpty();
        assertThat(run.snapshot().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(run.snapshot().owner()).isNull();
        assertThat(run.attempts(2)).extracting(AttemptRecord::status).containsExactly(AttemptStatus.INTERRUPTED);
    }

    @Test
    void aStoreThatIsAwayForAMomentCostsNothing() throws Exception {
        FaultyStore way = new FaultyStore(store);
        Orchestrator ralph = play.start(node("first", """
                echo x >>"$PLAY/count"
                while [ ! -e "$PLAY/go" ]; do sleep 0.05; done
                """).store(way));
        Run run = ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().maxIterations(1).build())
                .build());
        play.awaitLines("count", 1);
        CompletableFuture<RunResult> awaiting = CompletableFuture.supplyAsync(() -> {
            try {
                return run.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        way.cutOff();
        play.directory("go");
        until(() -> play.alive().isEmpty() ? true : null, "the end of the agent");
        way.heal();

        assertThat(awaiting.get(BOUND.toSeconds(), TimeUnit.SECONDS).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(play.lines("count")).hasSize(1);
    }

    /** Seen with a server that had to recover first: the run's times were ahead, and its runtime fell with its next owner. */
    @Test
    void aClaimThatTakesLongDoesNotPutTheRunsTimesAheadOfTheStores() throws Exception {
        FaultyStore way = new FaultyStore(store);
        way.delayClaims(Duration.ofSeconds(1));
        Orchestrator ralph = play.start(node("first", "echo working").store(way));

        Run run = ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().maxIterations(1).build())
                .build());

        assertThat(event(run, StateEvent.RunTakenUp.class).at())
                .isBeforeOrEqualTo(InstantSource.system().instant());
    }

    @Test
    void aRunWhoseNodesDieAgainAndAgainIsGivenUp() throws Exception {
        String script = "echo x >>\"$PLAY/count\"; sleep 1000";
        // Leases are over at once: what takes time is that each node ends its agent, which holds the workspace.
        AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
        InMemoryStore leaping = play.closing(
                new InMemoryStore(() -> InstantSource.system().instant().plus(passed.get())));
        FaultyStore firstWay = new FaultyStore(leaping);
        FaultyStore secondWay = new FaultyStore(leaping);
        Duration lease = Duration.ofSeconds(6);
        Duration margin = Duration.ofMillis(2900);
        Orchestrator first = play.start(node("first", script).store(firstWay).leases(lease, margin));
        Run run = first.submit(task(play.directory("w"))
                .retry(RetryPolicy.DEFAULT.withMaxTakeovers(2))
                .build());
        play.awaitLines("count", 1);
        firstWay.cutOff();
        passed.set(Duration.ofMinutes(1));
        Orchestrator second = play.start(node("second", script).store(secondWay).leases(lease, margin));
        second.resume(run.id());
        play.awaitLines("count", 2);
        secondWay.cutOff();
        passed.set(Duration.ofMinutes(2));
        Orchestrator third = play.start(node("third", script).store(leaping));

        RunResult result = result(third.resume(run.id()));

        assertThat(result.reason()).isEqualTo(StopReason.DEAD_LETTERED);
        assertThat(result.attempts()).isEqualTo(2);
        assertThat(play.lines("count")).hasSize(2);
        assertThatExceptionOfType(RunStateException.class)
                .isThrownBy(() -> third.find(run.id()).orElseThrow().guide("go on"));

        third.close();
        Orchestrator healthy = play.start(node("healthy", "echo LOOP_COMPLETE").store(leaping));
        Run again = healthy.find(run.id()).orElseThrow();
        again.retry();
        event(again, StateEvent.RunRetried.class);

        RunResult completed = until(
                () -> result(again).reason() == StopReason.DEAD_LETTERED ? null : result(again),
                "the end of the retry");
        assertThat(completed.reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(completed.attempts()).as("the abandoned ones are counted on").isEqualTo(3);
        assertThatExceptionOfType(RunStateException.class)
                .isThrownBy(again::retry)
                .withMessageContaining("dead-lettered");
        assertGapless(again);
    }

    @Test
    void aRunThatKillsItsNodeBeforeTheFirstStepIsGivenUpToo() throws Exception {
        Orchestrator quiet = play.start(play.orchestrator("true").store(store).node("quiet"));
        Run run = quiet.submit(task(play.directory("w"))
                .startDelay(Duration.ofDays(1))
                .retry(RetryPolicy.DEFAULT.withMaxTakeovers(2))
                .build());
        Playground.nodesDie(store, run.id(), 2);

        quiet.resume(run.id());

        assertThat(result(run).reason()).isEqualTo(StopReason.DEAD_LETTERED);
        assertThat(result(run).attempts()).isZero();
    }

    @Test
    void halfDoneEditsAreUndoneIfTheRunSaysSo() throws Exception {
        String script = """
                [ ! -e half ] || echo x >>"$PLAY/saw-half"
                echo x >>"$PLAY/count"
                n=$(wc -l <"$PLAY/count" | tr -d ' ')
                echo "$n" >>whole
                if [ "$n" = 2 ]; then touch half; echo x >>"$PLAY/blocked"; sleep 1000; fi
                """;
        Orchestrator first = play.start(node("first", script));
        Run run = first.submit(task(play.repository("repo"))
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .onInterrupted(OnInterrupted.ROLLBACK)
                .limits(Limits.builder().maxIterations(2).build())
                .build());
        play.awaitLines("blocked", 1);
        first.close(Duration.ZERO);
        assertThat(play.file("repo").resolve("half")).exists();
        Orchestrator second = play.start(node("second", script));

        assertThat(result(second.resume(run.id())).reason()).isEqualTo(StopReason.MAX_ITERATIONS);

        assertThat(play.lines("saw-half")).isEmpty();
        assertThat(play.file("repo").resolve("half")).doesNotExist();
        assertThat(play.file("repo").resolve("whole")).hasContent("1\n3\n");
        assertThat(event(run, StateEvent.WorkspaceRestored.class).number()).isEqualTo(1);
    }

    @Test
    void aThreadThatTheHostInterruptsIsNoEndOfTheRun() throws Exception {
        AtomicReference<Thread> worker = new AtomicReference<>();
        ExecutorService threads = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "stints");
            worker.set(thread);
            return thread;
        });
        play.closing(threads::shutdownNow);
        Orchestrator ralph = play.start(node("first", BLOCKS_IN_THE_SECOND).executor(threads));
        Run run = ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().maxIterations(2).build())
                .build());
        play.awaitLines("blocked", 1);

        worker.get().interrupt();
        event(run, StateEvent.RunHandedBack.class);
        play.directory("go");

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.attempts(2))
                .extracting(AttemptRecord::status)
                .containsExactly(AttemptStatus.INTERRUPTED, AttemptStatus.SUCCEEDED);
        assertGapless(run);
    }

    @Test
    void aCommandGivenOnAnotherNodeReachesTheAgentEvenIfTheStoreTellsNobody() throws Exception {
        FaultyStore way = new FaultyStore(store);
        way.beSilent();
        Orchestrator first =
                play.start(node("first", "echo x >>\"$PLAY/count\"; sleep 1000").store(way));
        Run run = first.submit(task(play.directory("w")).build());
        play.awaitLines("count", 1);
        Orchestrator second = play.start(node("second", "true"));

        second.find(run.id()).orElseThrow().cancel();

        assertThat(result(run).reason()).isEqualTo(StopReason.CANCELLED);
    }

    private OrchestratorBuilder node(String name, String script) {
        return play.orchestrator(script).store(store).node(name);
    }

    private static Throwable failureOf(Run run) {
        try {
            return new AssertionError("ended with " + run.await());
        } catch (InterruptedException | RuntimeException e) {
            return e;
        }
    }

    private static List<String> takeUps(Run run) {
        return run.events(0, 10_000).stream()
                .filter(StateEvent.RunTakenUp.class::isInstance)
                .map(event -> ((StateEvent.RunTakenUp) event).node())
                .toList();
    }

    private static void assertGapless(Run run) {
        List<StateEvent> events = run.events(0, 10_000);
        assertThat(events)
                .extracting(StateEvent::seq)
                .isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
    }
}
