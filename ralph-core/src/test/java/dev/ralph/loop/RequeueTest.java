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

import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Command;
import dev.ralph.store.InMemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a process finds that comes back to a store, where the queue was in the memory of the one before. */
class RequeueTest {

    private static final String DONE = "echo x >>\"$PLAY/count\"; echo LOOP_COMPLETE";

    @RegisterExtension
    final Playground play = new Playground();

    private InMemoryStore store = new InMemoryStore(InstantSource.system());

    @BeforeEach
    void makeStore() {
        store = play.closing(new InMemoryStore(InstantSource.system()));
    }

    @Test
    void aRunThatWasOnlyQueuedGoesOn() throws Exception {
        RunId id = accepting().submit(task(play.directory("w")).build()).id();

        Orchestrator next = working(DONE);

        assertThat(next.requeue()).isEqualTo(1);
        assertThat(result(run(next, id)).reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void aPausedRunStaysPausedAlsoWithGuidance() throws Exception {
        RunId id = paused();
        append(id, new Command.Guide("Mind the tests"));

        Orchestrator next = working(DONE);

        assertThat(next.requeue()).isZero();
        assertThat(run(next, id).snapshot().status()).isEqualTo(RunStatus.PAUSED);
    }

    @Test
    void aPausedRunWhoseResumeWasAcceptedJustBeforeTheEndGoesOn() throws Exception {
        RunId id = paused();
        append(id, new Command.Resume());

        Orchestrator next = working(DONE);

        assertThat(next.requeue()).isEqualTo(1);
        assertThat(result(run(next, id)).reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(next.requeue()).as("ended").isZero();
    }

    @Test
    void aDeadLetteredRunWhoseRetryWasAcceptedJustBeforeTheEndGoesOn() throws Exception {
        RunId id = deadLettered();
        Orchestrator next = working(DONE);
        assertThat(next.requeue()).isZero();
        append(id, new Command.Retry());

        assertThat(next.requeue()).isEqualTo(1);

        event(run(next, id), StateEvent.RunRetried.class);
        until(() -> run(next, id).snapshot().status() == RunStatus.COMPLETED ? true : null, "the end of the retry");
    }

    private RunId paused() throws InterruptedException {
        Orchestrator first = working("echo x >>\"$PLAY/count\"");
        Run run = first.submit(task(play.directory("w")).build());
        play.awaitLines("count", 1);
        run.pause();
        until(() -> run.snapshot().status() == RunStatus.PAUSED ? true : null, "the pause");
        first.close(Duration.ZERO);
        return run.id();
    }

    private RunId deadLettered() throws InterruptedException {
        Orchestrator first = working(DONE);
        Run run = first.submit(task(play.directory("w"))
                .startDelay(Duration.ofDays(1))
                .retry(RetryPolicy.DEFAULT.withMaxTakeovers(2))
                .build());
        Playground.nodesDie(store, run.id(), 2);
        first.resume(run.id());
        assertThat(result(run).reason()).isEqualTo(StopReason.DEAD_LETTERED);
        first.close(Duration.ZERO);
        return run.id();
    }

    /** As a process does that ends before it can carry it out. */
    private void append(RunId id, Command command) {
        store.append(id, UUID.randomUUID(), command, List.of());
    }

    /** Takes submissions, as a process does that ends before it can work on them. */
    private Orchestrator accepting() {
        return start(play.orchestrator(DONE).dispatcher(new DispatcherByHand()));
    }

    private Orchestrator working(String script) {
        return start(play.orchestrator(script));
    }

    private Orchestrator start(OrchestratorBuilder builder) {
        return play.start(builder.store(store).node("node"));
    }

    private static Run run(Orchestrator orchestrator, RunId id) {
        return orchestrator.find(id).orElseThrow();
    }
}
