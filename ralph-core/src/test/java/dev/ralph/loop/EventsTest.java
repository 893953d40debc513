/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.BOUND;
import static dev.ralph.loop.Playground.event;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.OrchestratorClosedException;
import dev.ralph.Run;
import dev.ralph.StopReason;
import dev.ralph.event.ActivityEvent;
import dev.ralph.event.RunEvent;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import dev.ralph.store.InMemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {

    private static final int ITERATIONS = 5;
    private static final Limits FEW = Limits.builder().maxIterations(ITERATIONS).build();

    @RegisterExtension
    final Playground play = new Playground();

    private InMemoryStore store = new InMemoryStore(InstantSource.system());

    @BeforeEach
    void makeStore() {
        store = play.closing(new InMemoryStore(InstantSource.system()));
    }

    @Test
    void aFollowerGetsEveryStateEventInOrderFromAnySeqOnAnyNode() throws Exception {
        // Activity is not kept: what the agent says before anybody listens is not heard.
        String saysSomethingOnceItIsFollowed = "while [ ! -e \"$PLAY/go\" ]; do sleep 0.05; done; echo working";
        Orchestrator first = play.start(node(saysSomethingOnceItIsFollowed));
        Orchestrator second = play.start(node(saysSomethingOnceItIsFollowed));
        Run run = first.submit(task(play.directory("w")).limits(FEW).build());
        Recorder here = new Recorder();
        Recorder there = new Recorder();
        run.follow(0, here::hear);
        second.find(run.id()).orElseThrow().follow(0, there::hear);
        play.directory("go");
        here.awaitEnd();
        there.awaitEnd();
        List<StateEvent> all = run.events(0, 10_000);

        assertThat(here.states).isEqualTo(all);
        assertThat(there.states).isEqualTo(all);
        assertThat(all).extracting(StateEvent::seq).isEqualTo(sequence(1, all.size()));
        assertThat(all.get(0)).isInstanceOf(StateEvent.RunSubmitted.class);
        assertThat(here.activities).isNotEmpty();
        assertThat(there.activities).isEmpty();
        for (int seq = 0; seq < all.size(); seq++) {
            Recorder late = new Recorder();
            run.follow(seq, late::hear);
            late.awaitEnd();
            assertThat(late.states).extracting(StateEvent::seq).isEqualTo(sequence(seq + 1, all.size()));
        }
        assertThat(run.events(3, 2)).extracting(StateEvent::seq).containsExactly(4L, 5L);
    }

    @Test
    void aFollowerOnAnotherNodeHearsEverythingEvenIfTheStoreTellsNobody() throws Exception {
        FaultyStore way = new FaultyStore(store);
        way.beSilent();
        Orchestrator first = play.start(node("echo working"));
        Orchestrator second = play.start(play.orchestrator("true").store(way));
        Run run = first.submit(task(play.directory("w")).limits(FEW).build());
        Recorder there = new Recorder();

        second.find(run.id()).orElseThrow().follow(0, there::hear);

        there.awaitEnd();
        assertThat(there.states).isEqualTo(run.events(0, 10_000));
        assertThat(second.find(run.id()).orElseThrow().await().reason()).isEqualTo(StopReason.MAX_ITERATIONS);
    }

    @Test
    void aListenerThatNeverFallsSilentHearsWhatTheStoreDoesNotTell() throws Exception {
        FaultyStore way = new FaultyStore(store);
        way.beSilent();
        CountDownLatch started = new CountDownLatch(1);
        Orchestrator chatty = play.start(Orchestrator.builder()
                .store(way)
                .listener(event -> {
                    if (event instanceof StateEvent.AttemptStarted) {
                        started.countDown();
                    }
                })
                .agent(new InProcessAgent("scripted", (invocation, listener) -> {
                    while (!started.await(1, TimeUnit.MILLISECONDS)) {
                        listener.text("and another thing");
                    }
                    return new AgentOutcome.Finished("LOOP_COMPLETE", false, UsageReport.NOTHING);
                })));

        Run run = chatty.submit(task(play.directory("w")).build());

        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListenerThatHangsOrThrowsHarmsNobody(boolean hangs) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Recorder other = new Recorder();
        Orchestrator ralph = play.start(node("echo working")
                .listener(event -> {
                    if (hangs) {
                        awaitQuietly(never);
                    }
                    throw new AssertionError("a bug of the listener");
                })
                .listener(other::hear));

        Run run = ralph.submit(task(play.directory("w")).limits(FEW).build());

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        other.awaitEnd();
        assertThat(other.states).isEqualTo(run.events(0, 10_000));
        never.countDown();
    }

    @Test
    void activityIsDroppedAndStateEventsAreNot() throws Exception {
        CountDownLatch followed = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Recorder slow = new Recorder();
        int texts = 50_000;
        Orchestrator ralph = play.start(Orchestrator.builder()
                .store(store)
                .agent(new InProcessAgent("scripted", (invocation, listener) -> {
                    followed.await();
                    for (int i = 0; i < texts; i++) {
                        listener.text("text " + i);
                    }
                    return new AgentOutcome.Finished("working", false, UsageReport.NOTHING);
                })));
        Run run = ralph.submit(task(play.directory("w")).limits(FEW).build());
        run.follow(0, event -> {
            awaitQuietly(go);
            slow.hear(event);
        });
        followed.countDown();
        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);

        go.countDown();
        slow.awaitEnd();
        ralph.close();

        assertThat(slow.states).isEqualTo(run.events(0, 10_000));
        assertThat(slow.activities.size()).isBetween(1, 1001);
    }

    @Test
    void aFollowerThatLeftHearsNothingMore() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        Recorder recorder = new Recorder();
        Orchestrator ralph = play.start(node("echo working"));
        Run run = ralph.submit(task(play.directory("w")).limits(FEW).build());
        Run.Subscription subscription = run.follow(0, event -> {
            recorder.hear(event);
            inside.countDown();
            awaitQuietly(left);
        });
        inside.await();
        subscription.close();
        subscription.close();
        left.countDown();

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(recorder.states).hasSize(1);
    }

    @Test
    void listenersHearTheLastEventsBeforeAnOrchestratorHasClosed() throws Exception {
        Recorder recorder = new Recorder();
        Orchestrator ralph = play.start(
                play.orchestrator("echo x >>\"$PLAY/started\"; sleep 1000").listener(recorder::hear));
        ralph.submit(task(play.directory("w")).build());
        play.awaitLines("started", 1);

        ralph.close(Duration.ZERO);

        assertThat(recorder.states.get(recorder.states.size() - 1)).isInstanceOf(StateEvent.RunHandedBack.class);
    }

    @Test
    void whoeverAwaitsARunIsToldThatTheOrchestratorClosed() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("echo x >>\"$PLAY/started\"; sleep 1000"));
        Run run = ralph.submit(task(play.directory("w")).build());
        List<CompletableFuture<Throwable>> awaiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            awaiting.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return new AssertionError(run.await());
                } catch (InterruptedException | RuntimeException e) {
                    return e;
                }
            }));
        }
        play.awaitLines("started", 1);

        ralph.close(Duration.ZERO);
        ralph.close(Duration.ZERO);

        for (CompletableFuture<Throwable> waiter : awaiting) {
            assertThat(waiter.get(BOUND.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(OrchestratorClosedException.class);
        }
        assertThatExceptionOfType(OrchestratorClosedException.class).isThrownBy(run::await);
        assertThatExceptionOfType(OrchestratorClosedException.class).isThrownBy(() -> run.follow(0, event -> {}));
        assertThatExceptionOfType(OrchestratorClosedException.class).isThrownBy(() -> ralph.resume(run.id()));
    }

    @Test
    void awaitReturnsTheResultOfARunThatEndedBefore() throws Exception {
        Orchestrator ralph = play.start(node("echo LOOP_COMPLETE"));
        Run run = ralph.submit(task(play.directory("w")).build());
        event(run, StateEvent.RunEnded.class);

        assertThat(run.await().reason()).isEqualTo(StopReason.COMPLETED);
        ralph.close();
        assertThat(run.await().reason()).isEqualTo(StopReason.COMPLETED);
    }

    private OrchestratorBuilder node(String script) {
        return play.orchestrator(script).store(store);
    }

    private static List<Long> sequence(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Recorder {

        private final List<StateEvent> states = new CopyOnWriteArrayList<>();
        private final List<ActivityEvent> activities = new CopyOnWriteArrayList<>();
        private final CountDownLatch ended = new CountDownLatch(1);

        private void hear(RunEvent event) {
            if (event instanceof StateEvent state) {
                states.add(state);
            } else if (event instanceof ActivityEvent activity) {
                activities.add(activity);
            }
            if (event instanceof StateEvent.RunEnded) {
                ended.countDown();
            }
        }

        private void awaitEnd() throws InterruptedException {
            assertThat(ended.await(BOUND.toSeconds(), TimeUnit.SECONDS))
                    .as("the end was heard")
                    .isTrue();
        }
    }
}
