/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.gate;
import static dev.ralph.internal.machine.SampleSpecs.limited;
import static dev.ralph.internal.machine.SampleSpecs.limits;
import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.FailureClass;
import dev.ralph.ProgressPolicy;
import dev.ralph.Reservation;
import dev.ralph.RetryPolicy;
import dev.ralph.StopReason;
import dev.ralph.Verification;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Command;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every reason is reached, and is the one that is told. A new reason does not compile until it has a run here. */
class StopReasonTest {

    @ParameterizedTest
    @EnumSource
    void everyReasonIsReachedAndToldOnce(StopReason reason) {
        SimulatedRun run = runThatEndsWith(reason);

        Ending ending = run.finish();

        assertThat(ending.reason()).isEqualTo(reason);
        assertThat(ending.verification())
                .isEqualTo(reason == StopReason.COMPLETED ? Verification.VERIFIED : Verification.NONE);
        assertThat(run.state().status()).isEqualTo(reason.status());
        assertThat(run.state().status().isFinal()).isTrue();
        assertThat(run.state().endedAt()).isEqualTo(run.now());
        assertThat(run.events(StateEvent.RunEnded.class)).singleElement().satisfies(event -> {
            assertThat(event.reason()).isEqualTo(reason);
            assertThat(event.detail()).isEqualTo(ending.detail());
        });
        assertThat(run.events()).last().isInstanceOf(StateEvent.RunEnded.class);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"COMPLETED", "CANCELLED"})
    void whatWasNotAskedForIsExplained(StopReason reason) {
        assertThat(runThatEndsWith(reason).ending().detail()).isNotBlank();
    }

    @Test
    void theDetailOfALimitNamesTheUseAndTheLimit() {
        assertThat(runThatEndsWith(StopReason.MAX_ITERATIONS).ending().detail()).contains("3 iterations");
        assertThat(runThatEndsWith(StopReason.MAX_TOKENS).ending().detail()).contains("1200 of 1000 tokens");
        assertThat(runThatEndsWith(StopReason.MAX_COST).ending().detail()).contains("$1.25 of $1.00");
        assertThat(runThatEndsWith(StopReason.MAX_RUNTIME).ending().detail()).contains("PT1M");
        assertThat(runThatEndsWith(StopReason.SHARED_BUDGET).ending().detail()).contains("'team'");
        assertThat(runThatEndsWith(StopReason.AUTHENTICATION).ending().detail())
                .contains("a: AUTHENTICATION: it broke");
    }

    private static SimulatedRun runThatEndsWith(StopReason reason) {
        return switch (reason) {
            case COMPLETED ->
                SimulatedRun.begun(spec("a").gate(gate("build")).build())
                        .iterate(Reply.claims("done"))
                        .gatesPass();
            case MAX_ITERATIONS ->
                SimulatedRun.begun(limited(limits().maxIterations(3)))
                        .iterate(Reply.says("1"), Reply.says("2"), Reply.says("3"));
            case MAX_RUNTIME ->
                SimulatedRun.begun(limited(limits().maxRuntime(Duration.ofMinutes(1))))
                        .iterate(Reply.says("slow").taking(Duration.ofMinutes(1)));
            case MAX_TOKENS ->
                SimulatedRun.begun(limited(limits().maxTokens(1000L)))
                        .iterate(
                                Reply.says("1").using(600, "0"), Reply.says("2").using(600, "0"));
            case MAX_COST ->
                SimulatedRun.begun(limited(limits().maxCost("1.00")))
                        .iterate(
                                Reply.says("1").using(1, "0.75"),
                                Reply.says("2").using(1, "0.50"));
            case SHARED_BUDGET ->
                SimulatedRun.begun(spec("a").budget("team").build()).refusedBy(usedUpBudget(), 1);
            case CONSECUTIVE_FAILURES ->
                SimulatedRun.begun(spec("a")
                                .retry(RetryPolicy.DEFAULT.withMaxConsecutiveFailures(1))
                                .build())
                        .attempt(Failure.of(FailureClass.CRASHED));
            case LOOP_DETECTED ->
                SimulatedRun.begun(spec("a")
                                .progress(new ProgressPolicy(2, 0.9, 0))
                                .build())
                        .iterate(
                                Reply.says("I cannot.").withoutEdit(),
                                Reply.says("I cannot.").withoutEdit());
            case STALLED ->
                SimulatedRun.begun(
                                spec("a").progress(new ProgressPolicy(0, 1, 2)).build())
                        .iterate(
                                Reply.says("Looking.").withoutEdit(),
                                Reply.says("Thinking.").withoutEdit());
            case AGENT_UNAVAILABLE ->
                SimulatedRun.begun(spec("a").build()).attempt(Failure.of(FailureClass.NOT_INSTALLED));
            case AUTHENTICATION ->
                SimulatedRun.begun(spec("a").build()).attempt(Failure.of(FailureClass.AUTHENTICATION));
            case INVALID_PROMPT ->
                SimulatedRun.begun(spec("a").build()).attempt(Failure.of(FailureClass.PROMPT_REJECTED));
            case WORKSPACE_LOST ->
                SimulatedRun.begun(spec("a").build()).breaks(StopReason.WORKSPACE_LOST, Metered.NOTHING);
            case CANCELLED -> SimulatedRun.begun(spec("a").build()).tell(new Command.Cancel());
            case DEAD_LETTERED ->
                SimulatedRun.begun(spec("a")
                                .retry(RetryPolicy.DEFAULT.withMaxTakeovers(1))
                                .build())
                        .dies();
            case INTERNAL_ERROR ->
                SimulatedRun.begun(spec("a").build()).launch().breaks(StopReason.INTERNAL_ERROR, Metered.NOTHING);
        };
    }

    private static BudgetStatus usedUpBudget() {
        return new BudgetStatus(
                new BudgetLimit("team", null, new BigDecimal("10")), 0, new BigDecimal("10"), Reservation.NONE);
    }
}
