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

import dev.ralph.AttemptStatus;
import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.ProgressPolicy;
import dev.ralph.RetryPolicy;
import dev.ralph.StopReason;
import dev.ralph.Usage;
import dev.ralph.Verification;
import dev.ralph.spi.Allowance;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The gaps of the Rust edition of Ralph and what its users and those of similar loops asked for, as far as the state
 * machine decides them. Each test fails on the behaviour its name tells.
 *
 * <table>
 * <caption>Where each gap is tested</caption>
 * <tr><th>gap</th><th>tested</th></tr>
 * <tr><td>cost limit that cannot trigger; no time-out of an iteration; runtime, iterations and cost from zero on
 *     resume (#244); limits before completion (#369); the agent's text as evidence; no rate-limit handling
 *     (snarktank/ralph#82); block or limit (umputun/ralphex#317); idle and wall time (umputun/ralphex#325); list price
 *     or bill (#110); false completion (#139, #123); stale detection (#234); commits as progress (#141); evidence of
 *     the crashed iteration (n-orlov/ralphd#44)</td><td>here</td></tr>
 * <tr><td>the promise (#302, #47)</td><td>here for the prompt; how a claim is read: with the worker</td></tr>
 * <tr><td>no grepping of output (frankbria/ralph-claude-code#183)</td><td>with the agents; here failures are typed</td></tr>
 * <tr><td>agent that never exits, open stdin, unbounded output</td><td>with the processes</td></tr>
 * <tr><td>stash and index of the user (agent-frontier/wgm#95)</td><td>with the workspace</td></tr>
 * <tr><td>secrets, state file, structured events (mikeyobrien/autoloop#30)</td><td>with worker, stores, codec</td></tr>
 * </table>
 */
class RustPeerBugsTest {

    @Test
    void aCostLimitCouldNotTriggerBecauseCostWasAlwaysZero() {
        SimulatedRun run = SimulatedRun.begun(limited(limits().maxCost("1.00")));

        run.iterate(Reply.says("1").using(1, "0.60"), Reply.says("2").using(1, "0.60"));

        assertThat(run.ending().reason()).isEqualTo(StopReason.MAX_COST);
    }

    @Test
    void anIterationHadNoHardTimeOut() {
        Allowance allowance = SimulatedRun.begun(spec("a").build())
                .next(Decision.Invoke.class)
                .allowance();

        assertThat(allowance.timeout()).isPositive();
        assertThat(allowance.idleTimeout())
                .as("and none for silence: ralphex#325")
                .isPositive();
    }

    @Test
    void runtimeStartedFromZeroOnResume() {
        SimulatedRun run = SimulatedRun.begun(limited(limits().maxRuntime(Duration.ofMinutes(10))));
        run.iterate(Reply.says("1").taking(Duration.ofMinutes(6))).handBack().takenUp();

        run.iterate(Reply.says("2").taking(Duration.ofMinutes(6)));

        assertThat(run.ending().reason()).isEqualTo(StopReason.MAX_RUNTIME);
    }

    @Test
    void issue244_iterationsAndCostStartedFromZeroOnResume() {
        SimulatedRun run = SimulatedRun.begun(limited(limits().maxIterations(4).maxCost("1.00")));
        for (int i = 0; i < 3; i++) {
            run.iterate(Reply.says("work").using(5, "0.25"))
                    .handBack()
                    .passes(Duration.ofHours(1))
                    .takenUp();
        }

        assertThat(run.state().recorded()).isEqualTo(3);
        assertThat(run.next(Decision.Invoke.class).allowance().cost()).isEqualByComparingTo("0.25");
        assertThat(run.iterate(Reply.says("work").using(5, "0.01")).ending().reason())
                .isEqualTo(StopReason.MAX_ITERATIONS);
    }

    @Test
    void issue369_completionInTheLastIterationWasALimit() {
        SimulatedRun run = SimulatedRun.begun(spec("a")
                .gate(gate("test"))
                .limits(limits().maxIterations(2).maxCost("1.00").build())
                .build());

        run.iterate(Reply.says("1"), Reply.claims("done").using(1, "2.00")).gatesPass();

        assertThat(run.ending().reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void theAgentsOwnWordsWereEvidenceForItsGates() {
        SimulatedRun run = SimulatedRun.begun(spec("a").gate(gate("test")).build());

        run.iterate(Reply.claims("gate test: passed, exit code 0"));

        assertThat(run.next(Decision.Verify.class).gates()).hasSize(1);
    }

    @Test
    void issue139_anUnverifiedCompletionLookedLikeAVerifiedOne() {
        SimulatedRun run = SimulatedRun.begun(spec("a").build()).iterate(Reply.claims("done"));

        assertThat(run.ending().verification()).isEqualTo(Verification.UNVERIFIED);
    }

    @Test
    void issue123_doneWasAcceptedWithTasksOpen() {
        SimulatedRun run = SimulatedRun.begun(spec("a").gate(gate("tasks")).build());

        run.iterate(Reply.claims("done")).firstGateRejects("3 tasks are open");

        assertThat(run.prompt("task")).contains("3 tasks are open");
        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);
    }

    @Test
    void issue302_anAgentWasNotToldThePromiseOfItsRun() {
        SimulatedRun run =
                SimulatedRun.begun(spec("a").completionPromise("SHIP IT").build());

        assertThat(run.prompt("task").lines()).contains("SHIP IT").doesNotContain("LOOP_COMPLETE");
    }

    @Test
    void issue82_aRateLimitCountedAsFailuresInsteadOfBeingWaitedFor() {
        SimulatedRun run = SimulatedRun.begun(spec("a")
                .retry(RetryPolicy.DEFAULT.withMaxConsecutiveFailures(1))
                .build());

        run.attempt(Failure.rateLimited(Duration.ofMinutes(90)));

        assertThat(run.next(Decision.Wait.class).until()).isEqualTo(run.now().plus(Duration.ofMinutes(90)));
        run.sleep();
        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(1);
        assertThat(run.state().streaks().failures()).isZero();
    }

    @Test
    void ralphex317_anAdministrativeBlockWasWaitedForLikeALimit() {
        SimulatedRun blocked = SimulatedRun.begun(spec("a").build());

        blocked.attempt(Failure.of(FailureClass.AUTHENTICATION).askingFor(Duration.ofMinutes(5)));

        assertThat(blocked.ending().reason()).isEqualTo(StopReason.AUTHENTICATION);
    }

    @Test
    void issue110_listPricesWereShownAsBills() {
        SimulatedRun run = SimulatedRun.begun(spec("a").build());

        run.iterate(Reply.says("1")
                .using(Metered.complete(
                        new UsageReport(new Usage(1, 1, 0, 0), Cost.estimated(new BigDecimal("7.00"))))));
        run.iterate(Reply.says("2").using(1, "0.50"));

        assertThat(run.state().totals().spend().billed()).isEqualByComparingTo("0.50");
        assertThat(run.state().totals().spend().estimated()).isEqualByComparingTo("7.00");
    }

    @Test
    void issue234_staleDetectionKilledRealWork() {
        SimulatedRun run = SimulatedRun.begun(
                spec("a").progress(new ProgressPolicy(2, 0.9, 2)).build());
        for (int i = 0; i < 10; i++) {
            run.iterate(Reply.says("Same report as ever."));
            run.iterate(Reply.says("Same report as ever.").withoutEdit());
        }

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(21);
    }

    @Test
    void issue141_commitsDidNotCountAsProgress() {
        SimulatedRun run = SimulatedRun.begun(
                spec("a").progress(new ProgressPolicy(2, 0.9, 2)).build());
        for (int commit = 1; commit <= 5; commit++) {
            run.apply(new Outcome.AttemptStarted(run.now(), run.next(Decision.Invoke.class), "head " + commit));
            run.apply(new Outcome.AttemptFinished(
                    run.now(),
                    false,
                    "",
                    false,
                    OutputSketch.of("Committed."),
                    "head " + (commit + 1),
                    Metered.NOTHING,
                    null));
        }

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(6);
        assertThat(run.iterations()).allMatch(iteration -> iteration.workspaceChanged());
    }

    @Test
    void ralphd44_aResumeOverwroteTheEvidenceOfTheCrashedIteration() {
        SimulatedRun run = SimulatedRun.begun(spec("a").build()).launch().dies();

        run.iterate(Reply.says("again"));

        assertThat(run.settled())
                .extracting(a -> a.iteration() + "/" + a.attempt() + " " + a.status())
                .containsExactly("1/1 " + AttemptStatus.ABANDONED, "1/2 " + AttemptStatus.SUCCEEDED);
    }
}
