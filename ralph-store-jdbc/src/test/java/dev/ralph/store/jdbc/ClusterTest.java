/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static dev.ralph.store.jdbc.Cluster.BOUND;
import static dev.ralph.store.jdbc.Cluster.event;
import static dev.ralph.store.jdbc.Cluster.untilTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.FailureClass;
import dev.ralph.IterationRecord;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunResult;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.Command;
import dev.ralph.spi.UsageReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Orchestrators that share a database, and so their runs. */
@Tag("integration")
class ClusterTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private static final String DONE = "LOOP_COMPLETE";
    private static final Duration SOON = Duration.ofSeconds(1);

    @RegisterExtension
    final Cluster cluster = new Cluster(DATABASE);

    @Test
    void threeNodesWorkEveryRunToItsEndAndNoIterationTwice() throws Exception {
        Queue<String> worked = new ConcurrentLinkedQueue<>();
        List<Orchestrator> nodes = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            nodes.add(cluster.start(cluster.node(name, invocation -> {
                worked.add(invocation.run() + "/" + invocation.iteration());
                return CodedAgent.says("more");
            })));
        }

        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            runs.add(nodes.get(i % 3)
                    .submit(cluster.task("w" + i).limits(iterations(3)).build()));
        }

        for (Run run : runs) {
            assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
            assertThat(run.iterations(0, 10))
                    .extracting(IterationRecord::iteration)
                    .containsExactly(1, 2, 3);
            assertGapless(run);
        }
        assertThat(worked).hasSize(90).doesNotHaveDuplicates();
        Set<String> owners = runs.stream()
                .map(run -> event(run, StateEvent.RunTakenUp.class).node())
                .collect(Collectors.toSet());
        assertThat(owners).hasSizeGreaterThan(1);
        untilTrue("the queue is empty", () -> entries() == 0);
    }

    @Test
    void aRunIsCancelledFromAnotherNodeWithinASecond() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        cluster.start(cluster.node("worker", invocation -> {
            started.countDown();
            try {
                Thread.sleep(BOUND.toMillis());
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return CodedAgent.says("more");
        }));
        Orchestrator front = cluster.start(front());
        Run run = front.submit(cluster.task("w").build());
        await(started);

        long begin = System.nanoTime();
        run.cancel();
        await(interrupted);

        assertThat(since(begin)).isLessThan(Duration.ofSeconds(1));
        assertThat(result(run).reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void aRunIsGuidedPausedAndResumedFromAnotherNodeWithinASecondEach() throws Exception {
        Map<Integer, String> prompts = new ConcurrentHashMap<>();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        JdbcStore there = cluster.store();
        cluster.start(cluster.node("worker", invocation -> {
                    prompts.put(invocation.iteration(), invocation.prompt());
                    started.countDown();
                    await(go);
                    return CodedAgent.says(invocation.iteration() == 2 ? DONE : "more");
                })
                .store(there));
        JdbcStore here = cluster.store();
        Orchestrator front = cluster.start(front().store(here));
        awaitToldOfChanges(there, here);
        Run run = front.submit(cluster.task("w").build());
        await(started);

        run.guide("Mind the docs");
        run.pause();
        long ends = System.nanoTime();
        go.countDown();
        event(run, StateEvent.RunPaused.class);
        assertThat(since(ends)).as("from the iteration's end to the pause").isLessThan(SOON);
        assertThat(run.snapshot().status()).isEqualTo(RunStatus.PAUSED);
        assertThat(prompts).hasSize(1);
        long resumed = System.nanoTime();
        run.resume();
        untilTrue("it goes on", () -> prompts.size() == 2);

        assertThat(since(resumed)).as("from the command to the agent").isLessThan(SOON);
        assertThat(prompts.get(2)).contains("Mind the docs");
        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void aFollowerOnAnotherNodeHearsEveryEventWithinASecond() throws Exception {
        JdbcStore there = cluster.store();
        cluster.start(
                cluster.node("worker", invocation -> CodedAgent.says("more")).store(there));
        JdbcStore here = cluster.store();
        Orchestrator front = cluster.start(front().store(here));
        awaitToldOfChanges(there, here);
        Run run = front.submit(cluster.task("w")
                .limits(iterations(3))
                .startDelay(Duration.ofMillis(500))
                .build());
        List<StateEvent> heard = new CopyOnWriteArrayList<>();
        Map<StateEvent, Duration> late = new ConcurrentHashMap<>();
        CountDownLatch ended = new CountDownLatch(1);
        run.follow(0, event -> {
            if (event instanceof StateEvent state) {
                // An event's time is before its commit, and by the server's clock, which is this machine's.
                late.put(state, Duration.between(state.at(), Instant.now()));
                heard.add(state);
                if (state instanceof StateEvent.RunEnded) {
                    ended.countDown();
                }
            }
        });

        await(ended);
        long toldAfter = System.nanoTime();
        assertThat(heard).isEqualTo(run.events(0, 1_000));
        assertThat(late)
                .hasSize(heard.size())
                .allSatisfy(
                        (event, behind) -> assertThat(behind).as("%s", event).isLessThan(SOON));
        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(since(toldAfter)).as("whoever awaits the end knows it too").isLessThan(SOON);
    }

    @Test
    void aRunThatWaitsHoldsNothingAndGoesOnWhereverThereIsRoom() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        Orchestrator before = cluster.start(cluster.node("before", invocation -> {
            first.countDown();
            return limited(Duration.ofMillis(1_500));
        }));
        Run run = before.submit(cluster.task("w").build());
        await(first);
        untilTrue("it waits", () -> run.snapshot().status() == RunStatus.WAITING);
        assertThat(before.close(BOUND)).isTrue();

        cluster.start(cluster.node("after", invocation -> CodedAgent.says(DONE)));
        Orchestrator front = cluster.start(front());

        assertThat(result(front.find(run.id()).orElseThrow()).reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(takeUps(front.find(run.id()).orElseThrow())).containsExactly("before", "after");
    }

    /** A worker without the mount fails first, so it would get the most runs. */
    @Test
    void aRunWhoseDirectoryIsNotHereWaitsForANodeThatHasIt() throws Exception {
        Path elsewhere = cluster.folder().resolve("elsewhere");
        Orchestrator front = cluster.start(front());
        Run run = front.submit(cluster.task("mounted").build());
        Files.move(cluster.folder().resolve("mounted"), elsewhere);
        cluster.start(cluster.node("worker", invocation -> CodedAgent.says(DONE)));

        assertThat(event(run, StateEvent.RunWaiting.class).why()).contains("mounted");
        assertThat(run.snapshot().reason()).isNull();
        Files.move(elsewhere, cluster.folder().resolve("mounted"));

        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void noOtherRunEditsAWorkspaceBetweenTwoIterationsOfARunThatWaits() throws Exception {
        List<RunId> order = new CopyOnWriteArrayList<>();
        CodedAgent.Work work = invocation -> {
            order.add(invocation.run());
            return invocation.attempt() == 1 && order.size() == 1
                    ? limited(Duration.ofMillis(700))
                    : CodedAgent.says(DONE);
        };
        Orchestrator a = cluster.start(cluster.node("a", work));
        cluster.start(cluster.node("b", work));
        Run first = a.submit(cluster.task("shared").build());
        untilTrue("it waits", () -> first.snapshot().status() == RunStatus.WAITING);

        Run second = a.submit(cluster.task("shared").build());

        assertThat(result(second).reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(order).containsExactly(first.id(), first.id(), second.id());
    }

    @Test
    void nodesAreReplacedOneByOneUnderLoadAndNothingIsLost() throws Exception {
        Queue<String> recorded = new ConcurrentLinkedQueue<>();
        CodedAgent.Work work = invocation -> {
            Thread.sleep(20);
            recorded.add(invocation.run() + "/" + invocation.iteration());
            return CodedAgent.says("more");
        };
        Orchestrator front = cluster.start(front());
        List<Orchestrator> nodes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            nodes.add(cluster.start(cluster.node("old-" + i, work)));
        }
        List<Run> runs = IntStream.range(0, 20)
                .mapToObj(i -> front.submit(
                        cluster.task("w" + i).limits(iterations(10)).build()))
                .toList();
        untilTrue("they are at work", () -> recorded.size() > 10);

        for (int i = 0; i < 3; i++) {
            long begin = System.nanoTime();
            assertThat(nodes.get(i).close(Duration.ofSeconds(20))).isTrue();
            assertThat(since(begin)).isLessThan(Duration.ofSeconds(20));
            nodes.add(cluster.start(cluster.node("new-" + i, work)));
        }

        for (Run run : runs) {
            assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
            assertThat(run.iterations(0, 100))
                    .extracting(IterationRecord::iteration)
                    .isEqualTo(IntStream.rangeClosed(1, 10).boxed().toList());
            assertGapless(run);
        }
        assertThat(recorded)
                .as("drained, so no iteration was repeated")
                .hasSize(200)
                .doesNotHaveDuplicates();
    }

    @Test
    void aNodeThatIsCutOffHandsItsRunBackByTheDeadline() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Orchestrator stubborn = cluster.start(cluster.node("stubborn", invocation -> {
            started.countDown();
            Thread.sleep(BOUND.toMillis());
            return CodedAgent.says("more");
        }));
        Run run = stubborn.submit(cluster.task("w").build());
        await(started);
        cluster.start(cluster.node("next", invocation -> CodedAgent.says(DONE)));
        Orchestrator front = cluster.start(front());

        long begin = System.nanoTime();
        assertThat(stubborn.close(Duration.ofMillis(200))).isFalse();

        Run there = front.find(run.id()).orElseThrow();
        assertThat(result(there).reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(since(begin)).as("no dead-node detection in between").isLessThan(Duration.ofSeconds(8));
        assertThat(takeUps(there)).containsExactly("stubborn", "next");
    }

    @Test
    void nodesWhoseClocksAreWrongNeitherStealNorLoseRunsNorStartThemAtTheWrongTime() throws Exception {
        AtomicInteger overlaps = new AtomicInteger();
        Set<RunId> atWork = ConcurrentHashMap.newKeySet();
        CodedAgent.Work work = invocation -> {
            if (!atWork.add(invocation.run())) {
                overlaps.incrementAndGet();
            }
            Thread.sleep(50);
            atWork.remove(invocation.run());
            return CodedAgent.says("more");
        };
        InstantSource real = InstantSource.system();
        List<Orchestrator> nodes = List.of(
                cluster.start(
                        cluster.node("fast", work).clock(() -> real.instant().plus(Duration.ofMinutes(5)))),
                cluster.start(
                        cluster.node("slow", work).clock(() -> real.instant().minus(Duration.ofMinutes(5)))));

        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            runs.add(nodes.get(i % 2)
                    .submit(cluster.task("w" + i)
                            .limits(iterations(3))
                            .startDelay(Duration.ofMillis(300))
                            .build()));
        }

        long begin = System.nanoTime();
        for (Run run : runs) {
            assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
            assertThat(takeUps(run)).hasSize(1);
        }
        assertThat(since(begin)).isLessThan(Duration.ofSeconds(30));
        assertThat(overlaps).hasValue(0);
    }

    @Test
    void theMostUrgentRunGoesFirstOnWhicheverNode() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        cluster.start(cluster.node("worker", invocation -> {
                    order.add(invocation.workspace().getFileName().toString());
                    started.countDown();
                    await(go);
                    return CodedAgent.says(DONE);
                })
                .maxParallelRuns(1));
        Orchestrator front = cluster.start(front());
        Run first = front.submit(cluster.task("first").build());
        await(started);

        List<Run> runs = List.of(
                first,
                front.submit(cluster.task("low").priority(-1).build()),
                front.submit(cluster.task("normal").build()),
                front.submit(cluster.task("high").priority(10).build()));
        go.countDown();

        for (Run run : runs) {
            assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
        }
        assertThat(order).containsExactly("first", "high", "normal", "low");
    }

    @Test
    void aQueuedRunIsCancelledAlthoughNobodyWorks() throws Exception {
        Orchestrator front = cluster.start(front());
        Run run = front.submit(cluster.task("w").build());

        run.cancel();

        assertThat(result(run).reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void aCommandWhoseNodeDiedAtOnceIsCarriedOutAllTheSame() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Orchestrator worker = cluster.start(cluster.node("worker", invocation -> {
            started.countDown();
            return CodedAgent.says(DONE);
        }));
        JdbcStore dying = cluster.store();
        dying.parts().queue().open();
        Run run = worker.submit(cluster.task("w").startDelay(Duration.ofDays(1)).build());

        // All a node does before it dies.
        dying.append(run.id(), UUID.randomUUID(), new Command.Cancel());

        assertThat(result(run).reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(started.getCount()).isEqualTo(1);
    }

    /** A node that works nothing. */
    private OrchestratorBuilder front() {
        return Orchestrator.builder()
                .store(cluster.store())
                .dispatcher(cluster.closing(DbSchedulerDispatcher.submitting()))
                .agent(new CodedAgent(invocation -> {
                    throw new IllegalStateException("this node works nothing");
                }))
                .node("front");
    }

    /** Until a store listens, it is asked in turns: what is promised of signals begins here. */
    private static void awaitToldOfChanges(JdbcStore one, JdbcStore other) {
        untilTrue("both nodes are told of changes", () -> one.seesRemoteChanges() && other.seesRemoteChanges());
    }

    private static AgentOutcome limited(Duration retryAfter) {
        return new AgentOutcome.Failed(FailureClass.RATE_LIMITED, "try later", retryAfter, UsageReport.UNKNOWN);
    }

    private static RunResult result(Run run) throws InterruptedException {
        return run.await(BOUND).orElseThrow(() -> new AssertionError("still " + run.snapshot()));
    }

    private static Limits iterations(int most) {
        return Limits.builder().maxIterations(most).build();
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

    private static int entries() {
        return Jdbi.create(DATABASE.pool())
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM ralph.queue")
                        .mapTo(Integer.class)
                        .one());
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
}
