/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.gate;
import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.FailureClass;
import dev.ralph.StopReason;
import dev.ralph.spi.Command;
import dev.ralph.spi.UsageReport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A run that names no agent uses those that are ready on the node that works it. */
class AutoAgentsTest {

    private final SimulatedRun run = SimulatedRun.submitted(spec().build());

    @Test
    void theFirstReadyAgentIsUsed() {
        run.takenUp("claude", "gemini");

        assertThat(run.next(Decision.Invoke.class).agent()).isEqualTo("claude");
    }

    @Test
    void readyAgentsAreAFallbackChain() {
        run.takenUp("claude", "gemini").attempt(Failure.of(FailureClass.AUTHENTICATION));

        assertThat(run.next(Decision.Invoke.class).agent()).isEqualTo("gemini");
    }

    @Test
    void noneReadyEndsTheRunAndSaysWhy() {
        run.takenUp();

        assertThat(run.ending().reason()).isEqualTo(StopReason.AGENT_UNAVAILABLE);
        assertThat(run.ending().detail()).isEqualTo("no agent is set up");
    }

    @Test
    void aPauseThatANodeWithoutAgentsCarriesOutDoesNotEndTheRun() {
        run.tell(new Command.Pause()).takenUp();
        assertThat(run.next(Decision.Wait.class).until()).isNull();

        run.park();
        run.tell(new Command.Resume()).takenUp("claude");

        assertThat(run.next(Decision.Invoke.class).agent()).isEqualTo("claude");
    }

    @Test
    void anotherNodeUsesWhatIsReadyThere() {
        run.takenUp("claude").iterate(Reply.says("work")).handBack().passes(Duration.ofMinutes(1));

        run.takenUp("gemini", "codex");

        assertThat(run.next(Decision.Invoke.class).agent()).isEqualTo("gemini");
        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);
    }

    @Test
    void whatTheRunLearntOfAnAgentGoesWithItToAnotherNode() {
        run.takenUp("claude", "gemini").attempt(Failure.of(FailureClass.NOT_INSTALLED));

        run.handBack().takenUp("claude", "gemini");

        assertThat(run.next(Decision.Invoke.class).agent()).isEqualTo("gemini");
    }

    @Test
    void anAgentThatWasRuledOutStaysSoAfterATakeUpWhereItWasNotReady() {
        run.takenUp("claude", "gemini").attempt(Failure.of(FailureClass.AUTHENTICATION));

        run.handBack().takenUp("gemini").handBack().takenUp("claude", "gemini");

        assertThat(run.next(Decision.Invoke.class).agent()).isEqualTo("gemini");
    }

    @Test
    void aRunThatNamesItsAgentsIgnoresWhatElseIsReady() {
        SimulatedRun named = SimulatedRun.submitted(spec("mine").build()).takenUp("claude", "gemini");

        assertThat(named.next(Decision.Invoke.class).agent()).isEqualTo("mine");
    }

    @Test
    void aCompletionThatWasReachedStandsWhereNoAgentIsReady() {
        run.takenUp("claude").iterate(Reply.claims("done"));

        run.dies();

        assertThat(run.ending().reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void aClaimIsStillVerifiedWhereNoAgentIsReady() {
        SimulatedRun gated = SimulatedRun.submitted(spec().gate(gate("build")).build());
        gated.takenUp("claude").iterate(Reply.claims("done")).handBack().takenUp();

        gated.gatesPass();

        assertThat(gated.ending().reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void aRejectedClaimWhereNoAgentIsReadyEndsTheRunAndSaysWhy() {
        SimulatedRun gated = SimulatedRun.submitted(spec().gate(gate("build")).build());
        gated.takenUp("claude").iterate(Reply.claims("done")).handBack().takenUp();

        gated.firstGateRejects("no");

        assertThat(gated.ending().reason()).isEqualTo(StopReason.AGENT_UNAVAILABLE);
        assertThat(gated.ending().detail()).isNotBlank();
    }

    @Test
    void anAttemptInFlightIsAbandonedEvenIfItsAgentIsNotReadyHere() {
        run.takenUp("claude")
                .launch()
                .dies(Duration.ZERO, Duration.ZERO, Metered.partial(UsageReport.UNKNOWN), "gemini");

        assertThat(run.settled())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.agent()).isEqualTo("claude"));
        assertThat(run.next(Decision.Invoke.class).agent()).isEqualTo("gemini");
    }
}
