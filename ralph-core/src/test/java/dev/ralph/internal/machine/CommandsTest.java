/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.gate;
import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptStatus;
import dev.ralph.FailureClass;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Command;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Cancel, pause, resume and guide, in whatever the run is just doing. */
class CommandsTest {

    private final SimulatedRun run =
            SimulatedRun.begun(spec("a").gate(gate("build")).build());

    @Test
    void cancelBetweenIterationsEndsTheRun() {
        run.iterate(Reply.says("work")).tell(new Command.Cancel());

        assertThat(run.finish().reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(run.iterations()).hasSize(1);
    }

    @Test
    void cancelDuringAnAttemptEndsTheRunOnceTheAttemptIsSettled() {
        run.launch().tell(new Command.Cancel());
        run.cutOff(Outcome.Interruption.CANCELLED, Reply.used(10, "0.01"));

        assertThat(run.ending().reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(run.iterations()).as("it was not finished").isEmpty();
        assertThat(run.settled()).singleElement().satisfies(attempt -> {
            assertThat(attempt.status()).isEqualTo(AttemptStatus.INTERRUPTED);
            assertThat(attempt.cost().amount()).isEqualByComparingTo("0.01");
        });
    }

    @Test
    void aCompletionThatCameBeforeTheCancellationTookEffectIsACompletion() {
        SimulatedRun trusting = SimulatedRun.begun(spec("a").build());

        trusting.launch().tell(new Command.Cancel()).settle(Reply.claims("done"));

        assertThat(trusting.ending().reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void cancelWhileTheGatesWaitEndsTheRun() {
        run.iterate(Reply.claims("done")).tell(new Command.Cancel());

        assertThat(run.ending().reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void cancelWakesAWaitingRun() {
        run.attempt(Failure.rateLimited(Duration.ofHours(1))).park();
        assertThat(run.idle()).isTrue();

        run.tell(new Command.Cancel());

        assertThat(run.idle()).isFalse();
        assertThat(run.takenUp().finish().reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(run.state().waiting()).isNull();
    }

    @Test
    void cancelWakesAPausedRun() {
        run.tell(new Command.Pause()).park();

        run.tell(new Command.Cancel());

        assertThat(run.idle()).isFalse();
        assertThat(run.takenUp().finish().reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void cancelCannotBeTakenBack() {
        run.tell(new Command.Cancel()).tell(new Command.Resume());

        assertThat(run.ending().reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void aRunPausedBeforeItBeganLaunchesNothing() {
        SimulatedRun queued = SimulatedRun.submitted(spec("a").build());
        queued.tell(new Command.Pause()).takenUp();

        assertThat(queued.park().until()).isNull();
        assertThat(queued.state().status()).isEqualTo(RunStatus.PAUSED);
    }

    @Test
    void pauseDuringAnAttemptLetsItFinish() {
        run.launch().tell(new Command.Pause()).settle(Reply.says("work"));

        assertThat(run.iterations()).hasSize(1);
        assertThat(run.park().until()).as("only a command goes on").isNull();
        assertThat(run.idle()).isTrue();
        assertThat(run.events(StateEvent.RunPaused.class)).hasSize(1);
    }

    @Test
    void pauseDuringAnAttemptThatClaimsLetsTheGatesRun() {
        run.launch().tell(new Command.Pause()).settle(Reply.claims("done"));

        run.gatesPass();

        assertThat(run.ending().reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void pauseDuringAWaitPausesAndResumeGoesOnWaiting() {
        run.attempt(Failure.rateLimited(Duration.ofMinutes(10)));
        Decision.Wait wait = run.park();
        run.tell(new Command.Pause());
        assertThat(run.idle()).isFalse();

        run.takenUp().park();
        assertThat(run.state().status()).isEqualTo(RunStatus.PAUSED);
        run.tell(new Command.Resume()).takenUp();

        assertThat(run.next(Decision.Wait.class).until()).isEqualTo(wait.until());
    }

    @Test
    void resumeAfterTheWaitIsOverGoesOnAtOnce() {
        run.attempt(Failure.rateLimited(Duration.ofMinutes(10))).park();
        run.tell(new Command.Pause()).takenUp().park();

        run.passes(Duration.ofDays(1)).tell(new Command.Resume());

        assertThat(run.idle()).isFalse();
        assertThat(run.takenUp().next(Decision.Invoke.class).attempt()).isEqualTo(2);
    }

    @Test
    void resumeGoesOnWhereItPaused() {
        run.iterate(Reply.says("work")).tell(new Command.Pause()).park();

        run.passes(Duration.ofHours(3)).tell(new Command.Resume());

        assertThat(run.idle()).isFalse();
        assertThat(run.takenUp().next(Decision.Invoke.class).iteration()).isEqualTo(2);
        assertThat(run.events(StateEvent.RunResumed.class)).hasSize(1);
    }

    @Test
    void resumeOfARunThatIsNotPausedIsNoEvent() {
        run.tell(new Command.Resume());

        assertThat(run.events(StateEvent.RunResumed.class)).isEmpty();
        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(1);
    }

    @Test
    void guidanceIsInTheNextPromptInOrderAndGoneOnceItWasDelivered() {
        run.tell(new Command.Guide("Use the old parser.")).tell(new Command.Guide("Keep the API."));
        assertThat(run.prompt("task")).contains("- Use the old parser.\n- Keep the API.\n");

        run.iterate(Reply.says("work"));

        assertThat(run.prompt("task")).doesNotContain("Use the old parser.", "Keep the API.");
    }

    @Test
    void guidanceThatArrivesDuringAnAttemptIsForTheNext() {
        run.tell(new Command.Guide("first")).launch().tell(new Command.Guide("second"));

        run.settle(Reply.says("work"));

        assertThat(run.prompt("task")).contains("- second\n").doesNotContain("first");
    }

    @Test
    void guidanceSurvivesAFailedAttemptAndADeadNode() {
        run.tell(new Command.Guide("Keep the API."));
        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();
        assertThat(run.prompt("task")).contains("Keep the API.");
        run.launch().dies();

        assertThat(run.prompt("task")).contains("Keep the API.");
    }

    @Test
    void guidanceDoesNotEndAWait() {
        run.attempt(Failure.rateLimited(Duration.ofMinutes(10))).park();

        run.tell(new Command.Guide("Keep the API."));

        assertThat(run.idle()).isTrue();
    }

    @Test
    void theEventOfGuidanceHasItsLengthAndNotItsText() {
        run.tell(new Command.Guide("password: swordfish"));

        assertThat(run.events(StateEvent.GuidanceReceived.class))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.characters()).isEqualTo(19);
                    assertThat(event.toString()).doesNotContain("swordfish");
                });
    }

    @Test
    void aCommandIsConsumedOnce() {
        run.apply(new Outcome.Commanded(run.now(), 1, new Command.Guide("once")));
        LoopState before = run.state();

        run.apply(new Outcome.Commanded(run.now(), 1, new Command.Guide("once")));

        assertThat(run.state()).isEqualTo(before);
        assertThat(run.state().inbox().through()).isEqualTo(1);
        assertThat(run.events(StateEvent.GuidanceReceived.class)).hasSize(1);
    }

    @Test
    void anOldCommandReadAgainDoesNotUndoANewerOne() {
        run.tell(new Command.Pause()).tell(new Command.Resume());

        run.apply(new Outcome.Commanded(run.now(), 1, new Command.Pause()));

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(1);
    }
}
