/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.gate;
import static dev.ralph.internal.machine.SampleSpecs.limits;
import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import dev.ralph.FailureClass;
import dev.ralph.GateRef;
import dev.ralph.LimitsBuilder;
import dev.ralph.RunSpec;
import dev.ralph.StopReason;
import dev.ralph.Verification;
import dev.ralph.event.StateEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** "Done" is a claim; a run completes when every gate has passed, or says that nobody checked. */
class ClaimsAndGatesTest {

    private final SimulatedRun run = SimulatedRun.begun(gated(limits()));

    private static RunSpec gated(LimitsBuilder limits) {
        return spec("a")
                .gate(gate("lint"))
                .gate(gate("test"))
                .limits(limits.build())
                .build();
    }

    @Test
    void withoutAClaimNothingIsVerifiedAndTheLoopGoesOn() {
        run.iterate(Reply.says("Almost done."));

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);
    }

    @Test
    void aClaimIsVerifiedByAllGatesInOrder() {
        run.iterate(Reply.claims("done"));

        Decision.Verify verify = run.next(Decision.Verify.class);

        assertThat(verify.iteration()).isEqualTo(1);
        assertThat(verify.gates()).extracting(GateRef::name).containsExactly("lint", "test");
    }

    @Test
    void aClaimThatPassesEveryGateIsVerifiedCompletion() {
        run.iterate(Reply.claims("done")).gatesPass();

        assertThat(run.finish()).isEqualTo(new Ending(StopReason.COMPLETED, Verification.VERIFIED, null));
        assertThat(run.events(StateEvent.GateChecked.class))
                .extracting(StateEvent.GateChecked::gate, StateEvent.GateChecked::passed)
                .containsExactly(tuple("lint", true), tuple("test", true));
    }

    @Test
    void aClaimWithoutGatesCompletesUnverified() {
        SimulatedRun trusting = SimulatedRun.begun(spec("a").build()).iterate(Reply.claims("done"));

        Ending ending = trusting.finish();

        assertThat(ending.reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(ending.verification()).isEqualTo(Verification.UNVERIFIED);
        assertThat(ending.detail()).contains("no gates");
    }

    @Test
    void theFirstRejectionSendsTheClaimBack() {
        run.iterate(Reply.claims("done")).firstGateRejects("line 7: tabs");

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);
        assertThat(run.events(StateEvent.ClaimRejected.class)).hasSize(1);
    }

    @Test
    void aRejectionByTheLastGateSendsTheClaimBackToo() {
        run.iterate(Reply.claims("done")).verify(1, "2 tests fail");

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);
        assertThat(run.events(StateEvent.GateChecked.class)).hasSize(2);
    }

    @Test
    void gatesThatWereNotAllRunAreNoPass() {
        run.iterate(Reply.claims("done"));
        run.next(Decision.Verify.class);
        run.apply(new Outcome.Verified(run.now(), List.of()));

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);
    }

    @Test
    void whatAGateSaidIsInTheNextPromptAndGoneOnceItWasDelivered() {
        run.iterate(Reply.claims("done")).firstGateRejects("line 7: tabs");

        assertThat(run.prompt("task")).contains("Gate 'lint' rejected it:\nline 7: tabs");

        run.iterate(Reply.says("fixed the tabs"));
        assertThat(run.prompt("task")).doesNotContain("rejected", "tabs");
    }

    @Test
    void whatAGateSaidSurvivesAnAttemptThatDidNotWork() {
        run.iterate(Reply.claims("done")).firstGateRejects("line 7: tabs");
        run.attempt(Failure.rateLimited(Duration.ofSeconds(5))).sleep();
        assertThat(run.prompt("task")).contains("line 7: tabs");
        run.attempt(Failure.of(FailureClass.CRASHED)).sleep();

        assertThat(run.prompt("task")).contains("line 7: tabs");
    }

    @Test
    void aSecondRejectionReplacesTheFirst() {
        run.iterate(Reply.claims("done")).firstGateRejects("tabs");
        run.iterate(Reply.claims("now it is")).verify(1, "2 tests fail");

        assertThat(run.prompt("task"))
                .contains("Gate 'test' rejected it:\n2 tests fail")
                .doesNotContain("tabs");
    }

    @Test
    void completionInTheLastAllowedIterationIsCompletion() {
        SimulatedRun once = SimulatedRun.begun(gated(limits().maxIterations(1)));

        once.iterate(Reply.claims("done")).gatesPass();

        assertThat(once.ending().reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void unverifiedCompletionInTheLastAllowedIterationIsCompletionToo() {
        SimulatedRun once = SimulatedRun.begun(
                spec("a").limits(limits().maxIterations(1).build()).build());

        once.iterate(Reply.claims("done"));

        assertThat(once.ending().reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void aRejectionInTheLastAllowedIterationEndsByTheLimit() {
        SimulatedRun once = SimulatedRun.begun(gated(limits().maxIterations(1)));

        once.iterate(Reply.claims("done")).firstGateRejects("no");

        assertThat(once.ending().reason()).isEqualTo(StopReason.MAX_ITERATIONS);
    }

    @Test
    void aClaimMadeInTimeIsVerifiedThoughTimeAndMoneyEndMeanwhile() {
        SimulatedRun late = SimulatedRun.begun(
                gated(limits().maxRuntime(Duration.ofMinutes(1)).maxCost("1.00").maxTokens(10L)));

        late.iterate(Reply.claims("done").taking(Duration.ofMinutes(2)).using(50, "3.00"));
        late.passes(Duration.ofHours(1)).gatesPass();

        assertThat(late.ending().reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void aClaimIsVerifiedAgainByTheNextOwnerIfItsNodeDiesMeanwhile() {
        run.iterate(Reply.claims("done"));

        run.dies().gatesPass();

        assertThat(run.ending().verification()).isEqualTo(Verification.VERIFIED);
        assertThat(run.iterations()).hasSize(1);
    }

    @Test
    void gateResultsWithoutAClaimAreRefused() {
        run.iterate(Reply.says("work"));

        assertThatIllegalStateException()
                .isThrownBy(() -> run.apply(new Outcome.Verified(run.now(), List.of())))
                .withMessageContaining("no claim");
    }

    @Test
    void aSecondAttemptInFlightIsRefused() {
        Decision.Invoke invoke = run.next(Decision.Invoke.class);
        run.launch();

        assertThatIllegalStateException()
                .isThrownBy(() -> run.apply(new Outcome.AttemptStarted(run.now(), invoke, "tree")))
                .withMessageContaining("in flight already");
    }

    @Test
    void anEndOfAnAttemptWithoutOneInFlightIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> run.settle(Reply.claims("done")))
                .withMessageContaining("no attempt is in flight");
    }

    @Test
    void nothingIsDecidedWhileAnAttemptIsInFlight() {
        run.launch();

        assertThatIllegalStateException()
                .isThrownBy(() -> run.next(Decision.class))
                .withMessageContaining("apply its outcome first");
    }
}
