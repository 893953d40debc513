/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.gate;
import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ralph.AttemptStatus;
import dev.ralph.FailureClass;
import dev.ralph.RetryPolicy;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Command;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What another node finds, and does, after the node before it is gone. */
class TakeoverTest {

    private final SimulatedRun run = SimulatedRun.begun(spec("a")
            .gate(gate("build"))
            .retry(RetryPolicy.DEFAULT.withMaxTakeovers(3))
            .build());

    @Test
    void theAttemptInFlightIsAbandonedAndItsIterationRepeated() {
        run.iterate(Reply.says("1")).launch().dies();

        assertThat(run.settled())
                .extracting(a -> a.iteration() + " " + a.status())
                .containsExactly("1 SUCCEEDED", "2 ABANDONED");
        Decision.Invoke again = run.next(Decision.Invoke.class);
        assertThat(again.iteration()).isEqualTo(2);
        assertThat(again.attempt()).isEqualTo(2);
    }

    @Test
    void aRecordedIterationIsNeverRunAgain() {
        run.iterate(Reply.says("1")).dies();

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);
        assertThat(run.iterations()).hasSize(1);
    }

    @Test
    void aTakeoverIsToldFromAFirstStart() {
        run.launch().dies();

        assertThat(run.events(StateEvent.RunTakenUp.class))
                .extracting(StateEvent.RunTakenUp::node, StateEvent.RunTakenUp::takeover)
                .containsExactly(tuple("node-1", false), tuple("node-2", true));
    }

    @Test
    void takingUpARunThatWasHandedBackWaitedOrPausedIsNoTakeover() {
        run.iterate(Reply.says("1")).handBack().takenUp();
        run.attempt(Failure.rateLimited(Duration.ofSeconds(5))).sleep();
        run.tell(new Command.Pause()).park();
        run.tell(new Command.Resume()).takenUp();

        assertThat(run.events(StateEvent.RunTakenUp.class)).hasSize(4).noneMatch(StateEvent.RunTakenUp::takeover);
        assertThat(run.state().streaks().takeovers()).isZero();
    }

    @Test
    void aRunThatKeepsKillingItsNodesIsDeadLettered() {
        run.launch().dies().launch().dies().launch().dies();

        Ending ending = run.finish();

        assertThat(ending.reason()).isEqualTo(StopReason.DEAD_LETTERED);
        assertThat(ending.detail()).contains("3 times");
        assertThat(run.settled()).hasSize(3).allMatch(a -> a.status() == AttemptStatus.ABANDONED);
    }

    @Test
    void deathsBetweenAttemptsCountToo() {
        run.dies().dies().dies();

        assertThat(run.ending().reason()).isEqualTo(StopReason.DEAD_LETTERED);
    }

    @Test
    void gatesThatKillTheNodeAreDeadLettered() {
        run.iterate(Reply.claims("done")).dies().dies().dies();

        assertThat(run.ending().reason()).isEqualTo(StopReason.DEAD_LETTERED);
    }

    @Test
    void deathsBeforeTheFirstStepCountToo() {
        SimulatedRun queued = SimulatedRun.submitted(
                spec("a").retry(RetryPolicy.DEFAULT.withMaxTakeovers(3)).build());
        assertThat(queued.hopeless(2)).isFalse();
        assertThat(queued.hopeless(3)).isTrue();

        queued.takenUpAfter(2);
        assertThat(queued.state().ending()).isNull();
        queued.takenUpAfter(1);

        assertThat(queued.ending().reason()).isEqualTo(StopReason.DEAD_LETTERED);
        assertThat(queued.events(StateEvent.RunTakenUp.class)).allMatch(StateEvent.RunTakenUp::takeover);
    }

    @Test
    void aRunThatWasGivenUpGoesOnWhereItWasWhenItIsRetried() {
        run.iterate(Reply.says("1").using(10, "0.10"))
                .launch()
                .dies()
                .launch()
                .dies()
                .launch()
                .dies();
        run.finish();
        Totals before = run.state().totals();
        run.passes(Duration.ofDays(3));

        run.tell(new Command.Retry());

        assertThat(run.state().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(run.state().ending()).isNull();
        assertThat(run.state().endedAt()).isNull();
        assertThat(run.state().totals()).isEqualTo(before);
        assertThat(run.events(StateEvent.RunRetried.class)).hasSize(1);
        Duration runtime = run.state().clock().at(run.now());
        assertThat(run.takenUp().next(Decision.Invoke.class).iteration()).isEqualTo(2);
        assertThat(run.state().clock().at(run.now()))
                .as("time as a dead letter")
                .isEqualTo(runtime);
        run.launch().dies();
        assertThat(run.state().ending()).as("deaths are counted anew").isNull();
    }

    @Test
    void aClaimThatWaitedForItsGatesIsVerifiedAfterARetry() {
        run.iterate(Reply.claims("done")).dies().dies().dies();
        run.finish();

        run.tell(new Command.Retry()).takenUp();

        run.next(Decision.Verify.class);
    }

    @Test
    void aRetryIsNothingToARunThatWasNotGivenUp() {
        run.iterate(Reply.says("1"));
        LoopState before = run.state();
        run.tell(new Command.Retry());
        assertThat(run.state().status()).isEqualTo(before.status());
        assertThat(run.state().inbox().through()).isEqualTo(before.inbox().through() + 1);

        run.tell(new Command.Cancel());
        run.finish();
        LoopState ended = run.state();
        run.tell(new Command.Retry());

        assertThat(run.state()).isEqualTo(ended);
        assertThat(run.events(StateEvent.RunRetried.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anySettledAttemptForgetsEarlierDeaths(FailureClass kind) {
        SimulatedRun chain = SimulatedRun.begun(
                spec("a", "b").retry(RetryPolicy.DEFAULT.withMaxTakeovers(3)).build());
        chain.launch().dies().launch().dies();
        chain.attempt(Failure.of(kind));

        chain.dies().dies();

        assertThat(chain.state().ending()).isNull();
    }

    @Test
    void aShutdownThatWasSettledForgetsEarlierDeaths() {
        run.launch().dies().launch().dies();
        run.launch()
                .cutOff(Outcome.Interruption.SHUTDOWN, Metered.NOTHING)
                .handBack()
                .takenUp();

        run.launch().dies().launch().dies();

        assertThat(run.state().ending()).isNull();
    }

    @Test
    void anAbandonedAttemptIsNoFailure() {
        run.launch().dies();

        assertThat(run.state().streaks().failures()).isZero();
        assertThat(run.state().agents()).allMatch(agent -> agent.failures() == 0);
    }

    @Test
    void aCompletionThatWasReachedStandsHoweverOftenTheNodesDie() {
        SimulatedRun trusting = SimulatedRun.begun(
                spec("a").retry(RetryPolicy.DEFAULT.withMaxTakeovers(1)).build());

        trusting.iterate(Reply.claims("done")).dies();

        assertThat(trusting.ending().reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void aHandBackQueuesTheRunAndKeepsWhatItHas() {
        run.iterate(Reply.says("1").using(10, "0.10")).handBack();

        assertThat(run.state().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(run.state().recorded()).isEqualTo(1);
        assertThat(run.takenUp().next(Decision.Invoke.class).iteration()).isEqualTo(2);
        assertThat(run.state().totals().usage().total()).isEqualTo(10);
    }

    @Test
    void aShutdownDuringAnAttemptRepeatsTheIterationAndIsNoFailure() {
        run.launch().cutOff(Outcome.Interruption.SHUTDOWN, Reply.used(5, "0.05"));
        run.handBack().takenUp();

        Decision.Invoke again = run.next(Decision.Invoke.class);

        assertThat(again.iteration()).isEqualTo(1);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(run.iterations()).isEmpty();
        assertThat(run.state().streaks()).isEqualTo(Streaks.NONE);
        assertThat(run.settled()).singleElement().satisfies(attempt -> {
            assertThat(attempt.status()).isEqualTo(AttemptStatus.INTERRUPTED);
            assertThat(attempt.cost().amount()).isEqualByComparingTo("0.05");
        });
    }

    @Test
    void shutdownsAreNoDeaths() {
        for (int i = 0; i < 10; i++) {
            run.launch().cutOff(Outcome.Interruption.SHUTDOWN, Metered.NOTHING);
            run.handBack().takenUp();
        }

        assertThat(run.next(Decision.Invoke.class).attempt()).isEqualTo(11);
    }
}
