/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.event;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static dev.ralph.loop.Playground.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.event.RunEvent;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.StintEnd;
import dev.ralph.spi.UsageReport;
import dev.ralph.store.InMemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes whose runs come from a queue they share: what they must leave behind, and leave alone. */
class SharedQueueTest {

    @RegisterExtension
    final Playground play = new Playground();

    private InMemoryStore store = new InMemoryStore(InstantSource.system());

    @BeforeEach
    void makeStore() {
        store = play.closing(new InMemoryStore(InstantSource.system()));
    }

    @Test
    void aDeadLetterIsNotWorkedForACommandThatCameTooLate() throws Exception {
        FaultyStore way = new FaultyStore(store);
        DispatcherByHand node = new DispatcherByHand();
        Run run = start("node", way, node, says("LOOP_COMPLETE"))
                .submit(task(play.directory("w"))
                        .retry(RetryPolicy.DEFAULT.withMaxTakeovers(2))
                        .build());
        for (int death = 1; death <= 2; death++) {
            String owner = "dies-" + death;
            until(
                    () -> store.claim(run.id(), owner, Duration.ofMillis(1), Set.of(1)) instanceof Claim.Granted
                            ? true
                            : null,
                    owner + " has the run");
        }
        way.beforeStep(step -> {
            if (step.run().status().isFinal()) {
                store.append(run.id(), UUID.randomUUID(), new Command.Guide("too late"));
            }
        });

        until(() -> node.work(run.id()) instanceof StintEnd.Over ? true : null, "it is given up");
        assertThat(run.snapshot().reason()).isEqualTo(StopReason.DEAD_LETTERED);
        assertThat(store.commands(run.id(), 0)).hasSize(1);
        long version = run.snapshot().version();

        assertThat(node.work(run.id())).isInstanceOf(StintEnd.Over.class);
        assertThat(run.snapshot().version()).isEqualTo(version);

        run.retry();
        until(() -> node.work(run.id()) instanceof StintEnd.Over ? true : null, "it goes on to its end");
        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void aNodeWhoseStoreFailsBetweenTwoStepsGivesTheWorkspaceBackToTheOthers() throws Exception {
        FaultyStore way = new FaultyStore(store);
        DispatcherByHand first = new DispatcherByHand();
        DispatcherByHand second = new DispatcherByHand();
        Run run = start("first", way, first, (invocation, listener) -> {
                    way.failALookForCommands();
                    return finished("working");
                })
                .submit(task(play.directory("w"))
                        .limits(Limits.builder().maxIterations(2).build())
                        .build());
        start("second", new FaultyStore(store), second, says("working"));

        assertThat(first.work(run.id())).isInstanceOf(StintEnd.Busy.class);
        assertThat(run.snapshot().progress().iterations()).isEqualTo(1);

        assertThat(second.work(run.id())).isInstanceOf(StintEnd.Over.class);
        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
    }

    @Test
    void aNodeThatOnlyDeliversCommandsLaunchesNoAgentWhateverItIsToldMeanwhile() {
        FaultyStore way = new FaultyStore(store);
        InProcessAgent agent = new InProcessAgent("scripted", says("LOOP_COMPLETE"));
        Orchestrator front = play.start(Orchestrator.builder()
                .store(way)
                .dispatcher(new DispatcherByHand())
                .node("front")
                .agent(agent));
        Run run = front.submit(task(play.directory("w")).build());
        AtomicBoolean told = new AtomicBoolean();
        way.beforeStep(step -> {
            if (told.compareAndSet(false, true)) {
                store.append(run.id(), UUID.randomUUID(), new Command.Resume());
            }
        });

        run.pause();

        event(run, StateEvent.RunHandedBack.class);
        assertThat(run.snapshot().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(run.snapshot().owner()).isNull();
        assertThat(agent.invocations()).isEmpty();
    }

    @Test
    void aNodeThatClosesGivesBackTheRunItIsJustDeliveringACommandTo() throws Exception {
        FaultyStore way = new FaultyStore(store);
        Orchestrator front = start("front", way, new DispatcherByHand(), says("LOOP_COMPLETE"));
        Run run = front.submit(task(play.directory("w")).build());
        CountDownLatch claimed = new CountDownLatch(1);
        AtomicReference<Thread> closing = new AtomicReference<>();
        way.afterClaim(() -> {
            claimed.countDown();
            until(() -> hasComeToAStop(closing.get()) ? true : null, "the node waits, or is gone");
        });
        run.guide("Mind the docs");
        assertThat(claimed.await(Playground.BOUND.toSeconds(), TimeUnit.SECONDS))
                .isTrue();

        Thread closer = new Thread(front::close);
        closer.start();
        closing.set(closer);
        closer.join(Playground.BOUND.toMillis());

        assertThat(store.find(run.id()).orElseThrow().leaseUntil()).isNull();
        assertThat(store.claim(run.id(), "next", Duration.ofMinutes(1), Set.of(1)))
                .isInstanceOfSatisfying(
                        Claim.Granted.class,
                        granted -> assertThat(granted.lapses()).isZero());
    }

    @Test
    void listenersHearWhatTheirNodeDoesAndNothingElse() throws Exception {
        List<StateEvent> heardFirst = new CopyOnWriteArrayList<>();
        List<StateEvent> heardSecond = new CopyOnWriteArrayList<>();
        FaultyStore way = new FaultyStore(store);
        DispatcherByHand first = new DispatcherByHand();
        DispatcherByHand second = new DispatcherByHand();
        Orchestrator one = play.start(node("first", way, first, (invocation, listener) -> {
                    way.failALookForCommands();
                    return finished("working");
                })
                .listener(event -> note(event, heardFirst)));
        Orchestrator other = play.start(node("second", new FaultyStore(store), second, says("working"))
                .listener(event -> note(event, heardSecond)));
        Run run = other.submit(task(play.directory("w"))
                .limits(Limits.builder().maxIterations(2).build())
                .build());

        assertThat(first.work(run.id())).isInstanceOf(StintEnd.Busy.class);
        assertThat(run.snapshot().progress().iterations()).isEqualTo(1);
        List<StateEvent> before = run.events(0, 1_000);
        until(() -> heardFirst.equals(before) ? true : null, "the first node's listener is told");
        int reads = way.eventReads();
        assertThat(second.work(run.id())).isInstanceOf(StintEnd.Over.class);
        way.tellThatSomethingWasMissed();
        one.close();
        other.close();

        List<StateEvent> all = run.events(0, 1_000);
        assertThat(heardFirst).isEqualTo(before);
        assertThat(heardSecond).isEqualTo(all.subList(before.size(), all.size()));
        assertThat(way.eventReads())
                .as("the first node asks for no events of a run it has left, but for a look that was due")
                .isLessThanOrEqualTo(reads + 1);
    }

    @Test
    void aListenerHearsNothingTwiceOfARunThatGoesOnAfterItsEnd() throws Exception {
        List<StateEvent> heard = new CopyOnWriteArrayList<>();
        DispatcherByHand dispatcher = new DispatcherByHand();
        Orchestrator ralph = play.start(node("node", new FaultyStore(store), dispatcher, says("LOOP_COMPLETE"))
                .listener(event -> note(event, heard)));
        Run run = ralph.submit(task(play.directory("w"))
                .retry(RetryPolicy.DEFAULT.withMaxTakeovers(1))
                .build());
        assertThat(store.claim(run.id(), "dies", Duration.ofMillis(1), Set.of(1)))
                .isInstanceOf(Claim.Granted.class);
        until(() -> dispatcher.work(run.id()) instanceof StintEnd.Over ? true : null, "it is given up");
        assertThat(run.snapshot().reason()).isEqualTo(StopReason.DEAD_LETTERED);

        run.retry();
        until(() -> dispatcher.work(run.id()) instanceof StintEnd.Over ? true : null, "it goes on to its end");
        ralph.close();

        assertThat(run.snapshot().reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(heard).isEqualTo(run.events(0, 1_000));
    }

    private static void note(RunEvent event, List<StateEvent> heard) {
        if (event instanceof StateEvent state) {
            heard.add(state);
        }
    }

    private static boolean hasComeToAStop(Thread thread) {
        return thread != null
                && (thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.TERMINATED);
    }

    private Orchestrator start(String name, FaultyStore way, DispatcherByHand dispatcher, InProcessAgent.Work work) {
        return play.start(node(name, way, dispatcher, work));
    }

    private static OrchestratorBuilder node(
            String name, FaultyStore way, DispatcherByHand dispatcher, InProcessAgent.Work work) {
        return Orchestrator.builder()
                .store(way)
                .dispatcher(dispatcher)
                .node(name)
                .agent(new InProcessAgent("scripted", work));
    }

    private static InProcessAgent.Work says(String text) {
        return (invocation, listener) -> finished(text);
    }

    private static AgentOutcome finished(String text) {
        return new AgentOutcome.Finished(text, false, UsageReport.NOTHING);
    }
}
