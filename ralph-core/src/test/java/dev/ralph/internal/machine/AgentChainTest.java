/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.FailureClass;
import dev.ralph.Limits;
import dev.ralph.RetryPolicy;
import dev.ralph.RunSpec;
import dev.ralph.StopReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which agent of the chain works next: fall-back, cool-down, return, and nobody left. */
class AgentChainTest {

    private static final Duration SHORT = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final RetryPolicy RETRY = RetryPolicy.DEFAULT
            .withMaxConsecutiveFailures(100)
            .withFallback(Duration.ofMinutes(2), 2, Duration.ofMinutes(5));

    private final SimulatedRun run = SimulatedRun.begun(chain("a", "b"));

    private static RunSpec chain(String... agents) {
        return spec(agents).retry(RETRY).build();
    }

    @Test
    void theFirstAgentWorksWhileItCan() {
        run.iterate(Reply.says("1"), Reply.says("2"), Reply.says("3"));

        assertThat(run.iterations()).extracting(i -> i.agent()).containsOnly("a");
    }

    @Test
    void aShortRateLimitIsWaitedFor() {
        run.attempt(Failure.rateLimited(SHORT));

        Decision.Wait wait = run.next(Decision.Wait.class);

        assertThat(wait.until()).isEqualTo(run.now().plus(SHORT));
        assertThat(wait.detail()).contains("agent a", "RATE_LIMITED");
        run.sleep();
        assertThat(nextAgent(run)).isEqualTo("a");
    }

    @Test
    void aLongRateLimitFallsBackAtOnceAndTheFirstAgentComesBackWhenItIsOver() {
        run.attempt(Failure.rateLimited(LONG));

        assertThat(nextAgent(run)).isEqualTo("b");
        run.iterate(Reply.says("by b").taking(Duration.ofMinutes(29)));
        assertThat(nextAgent(run)).as("still limited").isEqualTo("b");
        run.iterate(Reply.says("by b").taking(Duration.ofMinutes(1)));
        assertThat(nextAgent(run)).isEqualTo("a");
    }

    @Test
    void aLongRateLimitOfTheOnlyAgentIsWaitedFor() {
        SimulatedRun alone = SimulatedRun.begun(chain("a"));
        alone.attempt(Failure.rateLimited(LONG));

        assertThat(alone.next(Decision.Wait.class).until())
                .isEqualTo(alone.now().plus(LONG));
    }

    @Test
    void failuresInARowOfOneAgentFallBackWithoutAWait() {
        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();
        run.attempt(Failure.of(FailureClass.CRASHED));

        Decision.Invoke next = run.next(Decision.Invoke.class);

        assertThat(next.agent()).isEqualTo("b");
        assertThat(next.iteration()).isEqualTo(3);
    }

    @Test
    void anAgentThatFailedComesBackAfterItsCoolDown() {
        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();
        run.attempt(Failure.of(FailureClass.CRASHED));

        run.iterate(Reply.says("by b").taking(Duration.ofMinutes(5).minusSeconds(1)));
        assertThat(nextAgent(run)).isEqualTo("b");
        run.passes(Duration.ofSeconds(1));
        assertThat(nextAgent(run)).isEqualTo("a");
    }

    @Test
    void anAgentThatComesBackHasItsFailuresForgotten() {
        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();
        run.attempt(Failure.of(FailureClass.CRASHED)).passes(Duration.ofMinutes(5));

        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();

        assertThat(nextAgent(run)).as("one failure is not two").isEqualTo("a");
    }

    @Test
    void aSuccessForgetsTheFailuresOfAnAgent() {
        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();
        run.iterate(Reply.says("work"));
        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();

        assertThat(nextAgent(run)).as("two failures, but not in a row").isEqualTo("a");
    }

    @Test
    void theLastAgentLeftBacksOffInsteadOfFallingBack() {
        run.attempt(Failure.of(FailureClass.NOT_INSTALLED));
        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();
        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();
        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();

        assertThat(nextAgent(run)).isEqualTo("b");
    }

    @Test
    void whenAllCoolTheEarliestIsWaitedFor() {
        run.attempt(Failure.rateLimited(LONG));
        run.attempt(Failure.rateLimited(LONG.plusHours(1)));

        assertThat(run.next(Decision.Wait.class).until())
                .as("a, which was limited ten seconds earlier than b")
                .isEqualTo(run.now().plus(LONG).minusSeconds(10));
        run.sleep();
        assertThat(nextAgent(run)).isEqualTo("a");
    }

    @Test
    void whenAllCoolTheEarliestIsWaitedForWhicheverItIs() {
        run.attempt(Failure.rateLimited(LONG.plusHours(1)));
        run.attempt(Failure.rateLimited(LONG));

        run.sleep();

        assertThat(nextAgent(run)).isEqualTo("b");
    }

    @Test
    void anAgentThatWasLimitedWhileTheOtherCooledLeavesItsPlaceOnceTheOtherIsReady() {
        run.attempt(Failure.rateLimited(LONG));
        run.attempt(Failure.rateLimited(LONG.plusMinutes(15))).sleep();
        run.attempt(Failure.rateLimited(Duration.ofHours(2)));

        run.sleep();

        assertThat(nextAgent(run)).isEqualTo("b");
    }

    @Test
    void anAgentWhoseTimeComesAfterTheEndOfTheRunIsNotWaitedFor() {
        SimulatedRun brief = SimulatedRun.begun(spec("a")
                .limits(Limits.builder().maxRuntime(Duration.ofMinutes(20)).build())
                .build());
        brief.attempt(Failure.rateLimited(LONG));

        Ending ending = brief.ending();

        assertThat(ending.reason()).isEqualTo(StopReason.AGENT_UNAVAILABLE);
        assertThat(ending.detail()).contains("agent a", "RATE_LIMITED", "after the end of the run's time");
    }

    @Test
    void anAbsurdlyLongRateLimitIsARateLimitThatNeverEnds() {
        run.attempt(Failure.rateLimited(Duration.ofSeconds(Long.MAX_VALUE)));
        assertThat(nextAgent(run)).isEqualTo("b");

        run.attempt(Failure.rateLimited(Duration.ofSeconds(Long.MAX_VALUE)));
        assertThat(run.ending().reason()).isEqualTo(StopReason.AGENT_UNAVAILABLE);
    }

    @Test
    void agentsThatAreAllWithoutCredentialsEndInAuthentication() {
        run.attempt(Failure.of(FailureClass.AUTHENTICATION)).attempt(Failure.of(FailureClass.AUTHENTICATION));

        assertThat(run.ending().reason()).isEqualTo(StopReason.AUTHENTICATION);
        assertThat(run.ending().detail()).contains("a: AUTHENTICATION", "b: AUTHENTICATION");
    }

    @Test
    void agentsThatAllRefuseThePromptEndInInvalidPrompt() {
        run.attempt(Failure.of(FailureClass.PROMPT_REJECTED)).attempt(Failure.of(FailureClass.PROMPT_REJECTED));

        assertThat(run.ending().reason()).isEqualTo(StopReason.INVALID_PROMPT);
    }

    @Test
    void agentsOutForUnlikeReasonsEndInAgentUnavailableWhichNamesEach() {
        run.attempt(Failure.of(FailureClass.AUTHENTICATION)).attempt(Failure.of(FailureClass.NOT_INSTALLED));

        assertThat(run.ending().reason()).isEqualTo(StopReason.AGENT_UNAVAILABLE);
        assertThat(run.ending().detail()).contains("a: AUTHENTICATION", "b: NOT_INSTALLED");
    }

    @Test
    void anAgentThatIsOutDoesNotEndARunWhoseOtherAgentOnlyCools() {
        run.attempt(Failure.rateLimited(LONG)).attempt(Failure.of(FailureClass.AUTHENTICATION));

        run.sleep();

        assertThat(nextAgent(run)).isEqualTo("a");
    }

    private static String nextAgent(SimulatedRun run) {
        return run.next(Decision.Invoke.class).agent();
    }
}
