/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptStatus;
import dev.ralph.FailureClass;
import dev.ralph.IterationRecord;
import dev.ralph.Limits;
import dev.ralph.RetryPolicy;
import dev.ralph.StopReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each kind of failure does to the iteration, to the run and to the agent. */
class FailureClassTest {

    @ParameterizedTest
    @EnumSource
    void aFailureIsExactlyOneOfTransientCountedAndFinalForTheAgent(FailureClass kind) {
        assertThat(new boolean[] {kind.isTransient(), kind.countsAsFailure(), kind.rulesOutAgent()})
                .containsOnlyOnce(true);
    }

    @ParameterizedTest
    @EnumSource(names = {"RATE_LIMITED", "OVERLOADED"})
    void aTransientFailureRepeatsTheSameIterationWithoutCounting(FailureClass kind) {
        SimulatedRun run = SimulatedRun.begun(spec("a")
                .retry(RetryPolicy.DEFAULT.withMaxConsecutiveFailures(1))
                .build());

        for (int turn = 1; turn <= 20; turn++) {
            run.attempt(Failure.of(kind));
            run.sleep();
        }

        assertThat(run.iterations()).isEmpty();
        assertThat(run.state().streaks().failures()).isZero();
        Decision.Invoke again = run.next(Decision.Invoke.class);
        assertThat(again.iteration()).isEqualTo(1);
        assertThat(again.attempt()).isEqualTo(21);
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMEOUT", "IDLE", "CRASHED", "AGENT_ERROR"})
    void aCountedFailureIsARecordedIterationAndIsFollowedByTheNext(FailureClass kind) {
        SimulatedRun run = SimulatedRun.begun(spec("a").build()).attempt(Failure.of(kind));

        assertThat(run.iterations()).singleElement().satisfies(iteration -> {
            assertThat(iteration.iteration()).isEqualTo(1);
            assertThat(iteration.status()).isEqualTo(AttemptStatus.FAILED);
            assertThat(iteration.claimed()).isFalse();
        });
        assertThat(run.state().streaks().failures()).isEqualTo(1);
        run.sleep();
        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTHENTICATION", "NOT_INSTALLED", "INVALID_ARGUMENT", "PROMPT_REJECTED"})
    void anAgentThatCannotWorkIsNeverTriedAgainAndTheIterationIsRepeatedAtOnceByTheNext(FailureClass kind) {
        SimulatedRun run = SimulatedRun.begun(spec("a", "b").build()).attempt(Failure.of(kind));

        assertThat(run.iterations()).isEmpty();
        assertThat(run.state().streaks().failures()).isZero();
        Decision.Invoke next = run.next(Decision.Invoke.class);
        assertThat(next.agent()).isEqualTo("b");
        assertThat(next.iteration()).isEqualTo(1);
        assertThat(next.attempt()).isEqualTo(2);

        run.iterate(Reply.says("work")).passes(Duration.ofHours(1));
        assertThat(run.next(Decision.Invoke.class).agent()).isEqualTo("b");
    }

    @Test
    void failuresInARowEndTheRunAndNameTheLast() {
        SimulatedRun run = SimulatedRun.begun(spec("a")
                .retry(RetryPolicy.DEFAULT.withMaxConsecutiveFailures(3))
                .build());
        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();
        run.attempt(Failure.of(FailureClass.IDLE)).sleep();
        run.attempt(Failure.of(FailureClass.TIMEOUT));

        Ending ending = run.finish();

        assertThat(ending.reason()).isEqualTo(StopReason.CONSECUTIVE_FAILURES);
        assertThat(ending.detail()).contains("3 iterations", "TIMEOUT: it broke");
        assertThat(run.iterations()).extracting(IterationRecord::iteration).containsExactly(1, 2, 3);
    }

    @Test
    void aSuccessStartsTheCountAgain() {
        SimulatedRun run = SimulatedRun.begun(spec("a")
                .retry(RetryPolicy.DEFAULT.withMaxConsecutiveFailures(2))
                .build());
        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();
        run.iterate(Reply.says("work"));
        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(4);
    }

    @Test
    void aRateLimitBetweenTwoFailuresDoesNotStartTheCountAgain() {
        SimulatedRun run = SimulatedRun.begun(spec("a")
                .retry(RetryPolicy.DEFAULT.withMaxConsecutiveFailures(2))
                .build());
        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();
        run.attempt(Failure.rateLimited(Duration.ofSeconds(30))).sleep();
        run.attempt(Failure.of(FailureClass.CRASHED));

        assertThat(run.ending().reason()).isEqualTo(StopReason.CONSECUTIVE_FAILURES);
    }

    @Test
    void anAttemptStoppedByTheEndOfTheRunsTimeIsNotTheAgentsFailure() {
        SimulatedRun run = SimulatedRun.begun(spec("a")
                .retry(RetryPolicy.DEFAULT.withMaxConsecutiveFailures(1))
                .limits(SampleSpecs.limits().maxRuntime(Duration.ofMinutes(5)).build())
                .build());
        Duration given = run.next(Decision.Invoke.class).allowance().timeout();

        run.attempt(Failure.of(FailureClass.TIMEOUT).taking(given));

        assertThat(run.ending().reason()).isEqualTo(StopReason.MAX_RUNTIME);
    }

    @Test
    void anAttemptStoppedByTheEndOfTheRunsMoneyOrTokensIsNotTheAgentsFailure() {
        assertThat(endOfOneFailure(SampleSpecs.limits().maxCost("0.50").build()).reason())
                .isEqualTo(StopReason.MAX_COST);
        assertThat(endOfOneFailure(SampleSpecs.limits().maxTokens(1_000L).build())
                        .reason())
                .isEqualTo(StopReason.MAX_TOKENS);
    }

    private static Ending endOfOneFailure(Limits limits) {
        SimulatedRun run = SimulatedRun.begun(spec("a")
                .retry(RetryPolicy.DEFAULT.withMaxConsecutiveFailures(1))
                .limits(limits)
                .build());
        return run.attempt(Failure.of(FailureClass.AGENT_ERROR).using(Reply.used(1_000, "0.50")))
                .ending();
    }

    @Test
    void theAttemptsOfOneIterationAreNumberedAndTheLastOneIsRecorded() {
        SimulatedRun run = SimulatedRun.begun(spec("a", "b").build());
        run.attempt(Failure.rateLimited(Duration.ofSeconds(5)).afterEdits()).sleep();
        run.attempt(Failure.of(FailureClass.INVALID_ARGUMENT))
                .iterate(Reply.says("work").withoutEdit());

        assertThat(run.settled())
                .extracting(a -> a.iteration() + "/" + a.attempt() + " " + a.agent() + " " + a.status())
                .containsExactly("1/1 a FAILED", "1/2 a FAILED", "1/3 b SUCCEEDED");
        assertThat(run.iterations()).singleElement().satisfies(iteration -> {
            assertThat(iteration.attempts()).isEqualTo(3);
            assertThat(iteration.agent()).isEqualTo("b");
            assertThat(iteration.startedAt()).isEqualTo(SimulatedRun.START);
            assertThat(iteration.workspaceChanged())
                    .as("an earlier attempt changed it")
                    .isTrue();
        });
    }
}
