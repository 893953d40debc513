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

import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.ProgressPolicy;
import dev.ralph.RunSpec;
import dev.ralph.StopReason;
import dev.ralph.Usage;
import dev.ralph.spi.Allowance;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bugs seen in the TypeScript edition of Ralph, as far as the state machine decides them. Each test fails on the
 * behaviour its name tells.
 *
 * <table>
 * <caption>Where each bug is tested</caption>
 * <tr><th>bug</th><th>tested</th></tr>
 * <tr><td>1, 5, 6, 7, 9, 22 (limits), 23 (state)</td><td>here</td></tr>
 * <tr><td>3, 4 (completion)</td><td>here; how a claim is read from the agent's result: with the worker</td></tr>
 * <tr><td>8 (cost by kind of token)</td><td>here for what an agent bills; price tables: with the agents</td></tr>
 * <tr><td>10 (time-outs)</td><td>here; units of settings: with the configuration</td></tr>
 * <tr><td>17 (checkpoints)</td><td>here for "nothing to commit"; what goes into one: with the workspace</td></tr>
 * <tr><td>2, 13 (exit codes, settings)</td><td>with the command line and the configuration</td></tr>
 * <tr><td>11, 12, 15, 23 (the agent lives on), 24</td><td>with the processes</td></tr>
 * <tr><td>14 (the documented constructor)</td><td>{@code ReadmeTest} runs what the README shows</td></tr>
 * <tr><td>16, 22 (prompt, environment)</td><td>with the orchestrator, the worker and the workspace</td></tr>
 * <tr><td>18 to 21</td><td>with the server, which this module has no part of</td></tr>
 * <tr><td>quadratic loop detection</td><td>{@link OutputSketchTest} and the benchmarks</td></tr>
 * </table>
 */
class TypeScriptPeerBugsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void bug1_NIterationsRanTheAgentOneTimeLess(int iterations) {
        SimulatedRun run = SimulatedRun.begun(limited(limits().maxIterations(iterations)));
        for (int i = 0; i < iterations; i++) {
            run.iterate(Reply.says("work " + i));
        }

        assertThat(run.ending().reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.settled()).hasSize(iterations);
    }

    @Test
    void bug3_aPromptThatMentionedTheMarkerCompletedWithoutACall() {
        RunSpec mentions = RunSpec.prompt("Write - [x] TASK_COMPLETE\nLOOP_COMPLETE\n when you are done")
                .workspace(Path.of("repo"))
                .agent("a")
                .build();

        SimulatedRun run = SimulatedRun.begun(mentions);

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(1);
        assertThat(run.iterate(Reply.says("Working on it."))
                        .next(Decision.Invoke.class)
                        .iteration())
                .isEqualTo(2);
    }

    @Test
    void bug3_anInlinePromptCouldNeverComplete() {
        SimulatedRun run = SimulatedRun.begun(spec("a").build());

        run.iterate(Reply.claims("All done.\nLOOP_COMPLETE"));

        assertThat(run.ending().reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void bug4_proseAboutBeingDoneCompleted() {
        SimulatedRun run = SimulatedRun.begun(spec("a").gate(gate("test")).build());
        run.iterate(Reply.says("NOT done; nothing is fixed. TASK_COMPLETE is far away."));
        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);

        run.iterate(Reply.claims("done, really")).firstGateRejects("2 tests fail");

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(3);
    }

    @Test
    void bug5_twoIdenticalLegitimateOutputsStoppedTheLoop() {
        SimulatedRun run =
                SimulatedRun.begun(spec("a").progress(ProgressPolicy.DEFAULT).build());
        for (int i = 0; i < 20; i++) {
            run.iterate(Reply.says("42 passed, committed"));
        }

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(21);
    }

    @Test
    void bug6_failuresWereRepeatedAtOnceAndSuccessesWereWaitedAfter() {
        SimulatedRun run = SimulatedRun.begun(spec("a").build());

        run.attempt(Failure.of(FailureClass.CRASHED));
        Instant first = Objects.requireNonNull(run.next(Decision.Wait.class).until());
        assertThat(first).isEqualTo(run.now().plusSeconds(2));
        run.sleep();
        run.attempt(Failure.of(FailureClass.CRASHED));
        assertThat(run.next(Decision.Wait.class).until()).isEqualTo(run.now().plusSeconds(4));
        run.sleep();

        run.iterate(Reply.says("work"));
        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(4);
    }

    @Test
    void bug7_autoCalledAFailingAgentTwicePerIteration() {
        SimulatedRun run = SimulatedRun.submitted(spec().build()).takenUp("claude", "gemini");

        run.attempt(Failure.of(FailureClass.INVALID_ARGUMENT)).iterate(Reply.says("1"), Reply.says("2"));

        assertThat(run.settled())
                .extracting(a -> a.iteration() + " " + a.agent())
                .containsExactly("1 claude", "1 gemini", "2 gemini");
    }

    @Test
    void bug8_everyTokenWasChargedAtTheRateOfInput() {
        SimulatedRun run = SimulatedRun.begun(limited(limits().maxCost("18.00")));
        Usage usage = new Usage(1_000_000, 1_000_000, 0, 0);

        run.iterate(
                Reply.says("1").using(Metered.complete(new UsageReport(usage, Cost.billed(new BigDecimal("18.00"))))));

        assertThat(run.state().totals().usage()).isEqualTo(usage);
        assertThat(run.state().totals().spend().billed()).isEqualByComparingTo("18.00");
        assertThat(run.ending().reason()).isEqualTo(StopReason.MAX_COST);
    }

    @Test
    void bug9_usageTheClientReportedWasIgnored() {
        SimulatedRun run = SimulatedRun.begun(limited(limits().maxCost("40.00").maxTokens(1_000_000L)));

        run.iterate(Reply.says("1")
                .using(Metered.complete(
                        new UsageReport(new Usage(100, 200, 300, 400), Cost.estimated(new BigDecimal("40.00"))))));

        assertThat(run.state().totals().usage().total()).isEqualTo(1000);
        assertThat(run.state().totals().spend().estimated()).isEqualByComparingTo("40.00");
        assertThat(run.ending().reason()).isEqualTo(StopReason.MAX_COST);
    }

    @Test
    void bug9_whatWasNotReportedWasFree() {
        SimulatedRun run = SimulatedRun.begun(limited(limits().maxCost("40.00")));

        run.iterate(Reply.says("1").using(Metered.complete(UsageReport.UNKNOWN)));

        assertThat(run.state().totals().spend().unknown()).isEqualByComparingTo("4.00");
    }

    @Test
    void bug10_secondsWereTakenAsMilliseconds() {
        Allowance allowance = SimulatedRun.begun(
                        limited(limits().attemptTimeout(Duration.ofSeconds(300)).idleTimeout(Duration.ofSeconds(60))))
                .next(Decision.Invoke.class)
                .allowance();

        assertThat(allowance.timeout().toMillis()).isEqualTo(300_000);
        assertThat(allowance.idleTimeout().toMillis()).isEqualTo(60_000);
    }

    @Test
    void bug17_nothingToCommitWasAFailure() {
        SimulatedRun run = SimulatedRun.begunOnGit(spec("a").build()).checkpoint();

        run.iterate(Reply.says("Only read the code.").withoutEdit());

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);
        assertThat(run.state().streaks().failures()).isZero();
    }

    @Test
    void bug22_theTokenLimitWasAcceptedAndIgnored() {
        SimulatedRun run = SimulatedRun.begun(limited(limits().maxTokens(1000L)));
        assertThat(run.next(Decision.Invoke.class).allowance().tokens()).isEqualTo(1000);

        run.iterate(Reply.says("1").using(1000, "0"));

        assertThat(run.ending().reason()).isEqualTo(StopReason.MAX_TOKENS);
    }

    @Test
    void bug23_afterKill9AllStateWasLost() {
        SimulatedRun run = SimulatedRun.begun(limited(limits().maxIterations(3)));
        run.iterate(Reply.says("1").using(10, "0.10"), Reply.says("2").using(10, "0.10"))
                .launch();

        run.dies();

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(3);
        assertThat(run.state().totals().usage().total()).isEqualTo(20);
        assertThat(run.iterate(Reply.says("3")).ending().reason()).isEqualTo(StopReason.MAX_ITERATIONS);
    }
}
