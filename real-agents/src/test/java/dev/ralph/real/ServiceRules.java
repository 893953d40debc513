/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.FailureClass;
import dev.ralph.Limits;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.RunSpecBuilder;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import dev.ralph.real.server.Script;
import dev.ralph.real.server.ServedRequest;
import dev.ralph.real.server.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a run when the service refuses, breaks off or is overloaded. */
interface ServiceRules extends BenchRules {

    @Test
    default void aRateLimitIsWaitedForAndNotCounted() throws Exception {
        Duration asked = Duration.ofSeconds(4);
        bench().server().play(Script.forEver(Turn.refuses(429, "slow down").retryAfter(asked)));
        bench().playAfterAttempts(1, Script.of(bench().step(0, 1, "Done.\nLOOP_COMPLETE")));

        Run run = bench().submit(forgivingNothing());
        RunResult result = bench().end(run);

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.iterations()).isEqualTo(1);
        assertThat(run.attempts(1)).extracting(AttemptRecord::failure).containsExactly(FailureClass.RATE_LIMITED, null);
        assertThat(bench().heard().all(StateEvent.RunWaiting.class)).hasSize(1);
        assertThat(silenceBeforeTheLastAttempt()).isGreaterThanOrEqualTo(asked);
    }

    @Test
    default void aStormOfOverloadIsWaitedOutAndNotCounted() throws Exception {
        bench().server().play(Script.forEver(overloaded()));
        bench().playAfterAttempts(3, Script.of(bench().step(0, 1, "Done.\nLOOP_COMPLETE")));

        Run run = bench().submit(forgivingNothing());
        RunResult result = bench().end(run);

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.iterations()).isEqualTo(1);
        assertThat(run.attempts(1))
                .extracting(AttemptRecord::failure)
                .containsExactly(FailureClass.OVERLOADED, FailureClass.OVERLOADED, FailureClass.OVERLOADED, null);
    }

    @Test
    default void aStormThatDoesNotEndEndsAtTheRuntimeLimit() throws Exception {
        bench().server().play(Script.forEver(overloaded()));

        Duration limit = Duration.ofSeconds(15);

        RunResult result = bench().run(bench().spec(
                        "Make it step 1.", Limits.builder().maxRuntime(limit).build())
                .retry(RetryPolicy.DEFAULT.withDelays(Duration.ZERO, Duration.ZERO)));

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.MAX_RUNTIME);
        assertThat(result.runtime()).isBetween(limit, limit.plusSeconds(4));
        assertThat(bench().heard().all(StateEvent.AttemptSettled.class))
                .first()
                .extracting(StateEvent.AttemptSettled::failure)
                .isEqualTo(FailureClass.OVERLOADED);
    }

    @Test
    default void aRefusedKeyEndsTheRunAtOnce() throws Exception {
        // The service quotes the key it refuses, as some gateways do.
        bench().server().play(Script.forEver(Turn.refuses(401, "invalid api key " + Bench.KEY.reveal())));

        Run run = bench().submit(
                        bench().spec("Make it step 1.").agent(bench().client().agent()));
        RunResult result = bench().end(run);

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.AUTHENTICATION);
        assertThat(result.attempts()).isEqualTo(1);
        assertThat(run.attempts(1)).extracting(AttemptRecord::failure).containsExactly(FailureClass.AUTHENTICATION);
        assertThat(run.attempts(1).toString() + result + bench().heard().text()).doesNotContain(Bench.KEY.reveal());
    }

    @Test
    default void aModelThatDoesNotExistIsNotAskedForAgain() throws Exception {
        bench().server().play(Script.forEver(Turn.refuses(404, "there is no such model")));

        Run run = bench().submit(
                        bench().spec("Make it step 1.").agent(bench().client().agent()));
        RunResult result = bench().end(run);

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.AGENT_UNAVAILABLE);
        assertThat(run.attempts(1)).extracting(AttemptRecord::failure).containsExactly(FailureClass.INVALID_ARGUMENT);
    }

    @Test
    default void aPromptThatIsTooLongIsNotSentAgain() throws Exception {
        bench().server().play(Script.forEver(bench().client().tooLong()));

        Run run = bench().submit(
                        bench().spec("Make it step 1.").agent(bench().client().agent()));
        RunResult result = bench().end(run);

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.INVALID_PROMPT);
        assertThat(run.attempts(1)).extracting(AttemptRecord::failure).containsExactly(FailureClass.PROMPT_REJECTED);
    }

    @Test
    default void aServiceThatCannotBeReachedIsWaitedFor() throws Exception {
        bench().server().close();

        Run run = bench().submit(bench().spec(
                        "Make it step 1.",
                        Limits.builder().maxRuntime(Duration.ofSeconds(12)).build())
                .agent(bench().client().agent())
                .retry(RetryPolicy.DEFAULT.withDelays(Duration.ZERO, Duration.ZERO)));
        RunResult result = bench().end(run);

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.MAX_RUNTIME);
        assertThat(bench().heard().all(StateEvent.AttemptSettled.class))
                .first()
                .extracting(StateEvent.AttemptSettled::failure)
                .isEqualTo(FailureClass.OVERLOADED);
    }

    @Test
    default void aConnectionCutInTheMiddleOfAnAnswerIsSurvived() throws Exception {
        bench().server().play(Script.forEver(new Turn.Cut(Turn.says("This will never be said in full."))));
        bench().playAfterAttempts(1, Script.of(bench().step(0, 1, "Done.\nLOOP_COMPLETE")));

        Run run = bench().submit(
                        bench().spec("Make it step 1.").agent(bench().client().agent()));
        RunResult result = bench().end(run);

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.COMPLETED);
        assertThat(bench().workspace().content()).isEqualTo("step 1\n");
        assertThat(bench().heard().all(StateEvent.AttemptSettled.class))
                .hasSize(2)
                .first()
                .extracting(StateEvent.AttemptSettled::failure)
                .isIn(FailureClass.OVERLOADED, FailureClass.AGENT_ERROR);
    }

    @Test
    default void anErrorInTheMiddleOfAnAnswerIsSurvived() throws Exception {
        bench().server()
                .play(Script.forEver(new Turn.BrokenStream(
                        Turn.says("This will never be said in full."),
                        bench().client().overloaded(),
                        "overloaded")));
        bench().playAfterAttempts(1, Script.of(bench().step(0, 1, "Done.\nLOOP_COMPLETE")));

        RunResult result = bench().run(bench().spec("Make it step 1."));

        assertThat(result.reason()).as(bench().heard().text()).isEqualTo(StopReason.COMPLETED);
        assertThat(bench().heard().all(StateEvent.AttemptSettled.class))
                .hasSize(2)
                .first()
                .extracting(StateEvent.AttemptSettled::failure)
                .isIn(FailureClass.OVERLOADED, FailureClass.AGENT_ERROR);
    }

    private Turn overloaded() {
        return Turn.refuses(bench().client().overloaded(), "overloaded");
    }

    /** A run that one counted failure would end. */
    private RunSpecBuilder forgivingNothing() {
        return bench().spec("Make it step 1.")
                .agent(bench().client().agent())
                .retry(RetryPolicy.DEFAULT
                        .withDelays(Duration.ofMillis(200), Duration.ofSeconds(1))
                        .withMaxConsecutiveFailures(1));
    }

    /** How long the service was left alone between the last refused request and the next. */
    private Duration silenceBeforeTheLastAttempt() {
        List<Instant> times =
                bench().server().turns().stream().map(ServedRequest::at).toList();
        int steps = bench().step(0, 1, "").size();
        return Duration.between(times.get(times.size() - steps - 1), times.get(times.size() - steps));
    }
}
