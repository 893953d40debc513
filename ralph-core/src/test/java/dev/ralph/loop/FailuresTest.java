/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.event;
import static dev.ralph.loop.Playground.quick;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.CheckpointPolicy;
import dev.ralph.ConfigurationException;
import dev.ralph.FailureClass;
import dev.ralph.IterationRecord;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {

    private static final String RATE_LIMITED = "echo x >>\"$PLAY/refused\"; exit 75";
    private static final String DONE = "echo x >>\"$PLAY/count\"; echo LOOP_COMPLETE";

    /** Longer than an agent takes to be up: such time-outs count from before it is started. */
    private static final Duration SOON = Duration.ofSeconds(3);

    @RegisterExtension
    final Playground play = new Playground();

    @Test
    void aRateLimitedAgentIsWaitedForWithoutASlotAndWithoutCountingAFailure() throws Exception {
        Orchestrator ralph = play.start(limited("""
                        [ "$PWD" = "$PLAY/w" ] || { echo LOOP_COMPLETE; exit; }
                        echo x >>"$PLAY/tries"
                        [ -e "$PLAY/open" ] || exit 75
                        echo LOOP_COMPLETE
                        """).maxParallelRuns(1));
        Run run = ralph.submit(task(play.directory("w"))
                .retry(RetryPolicy.DEFAULT
                        .withMaxConsecutiveFailures(1)
                        .withDelays(Duration.ofMillis(300), Duration.ofMillis(300)))
                .build());
        event(run, StateEvent.RunWaiting.class);
        play.awaitLines("tries", 3);

        Run other = ralph.submit(task(play.directory("other")).build());
        assertThat(result(other).reason()).isEqualTo(StopReason.COMPLETED);
        play.directory("open");
        RunResult result = result(run);

        assertThat(result.reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.iterations()).isEqualTo(1);
        assertThat(result.attempts()).isGreaterThan(3);
        assertThat(run.iterations(0, 10)).extracting(IterationRecord::iteration).containsExactly(1);
        List<AttemptRecord> attempts = run.attempts(1);
        assertThat(attempts).hasSize(result.attempts());
        assertThat(attempts.subList(0, attempts.size() - 1))
                .allMatch(attempt -> attempt.failure() == FailureClass.RATE_LIMITED);
    }

    @Test
    void aLongRateLimitFallsBackToTheSecondAgent() throws Exception {
        Orchestrator ralph = play.start(
                limited(RATE_LIMITED).agent(play.agent("second", DONE).build()));
        Run run = ralph.submit(task(play.directory("w"))
                .agent("second")
                .retry(RetryPolicy.DEFAULT
                        .withDelays(Duration.ofHours(10), Duration.ofHours(10))
                        .withFallback(Duration.ZERO, 1, Duration.ofHours(1)))
                .build());

        RunResult result = result(run);

        assertThat(result.reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(result.iterations()).isEqualTo(1);
        assertThat(run.attempts(1)).extracting(AttemptRecord::agent).containsExactly("scripted", "second");
    }

    @Test
    void autoUsesTheFirstReadyAgentInOrderOfPreference() throws Exception {
        Orchestrator ralph = play.start(Orchestrator.builder()
                .agent(play.agent("aaa", "exit 1").build())
                .agent(play.agent("missing", "").command("no-such-program").build())
                .agent(play.agent("ready", DONE).build())
                .preferAgents("missing", "ready"));

        Run run = ralph.submit(quick(RunSpec.prompt("Do the task").workspace(play.repository("repo")))
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .build());

        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(run.attempts(1)).extracting(AttemptRecord::agent).containsExactly("ready");
        assertThat(run.checkpoints()).hasSize(1);
    }

    @Test
    void autoWithoutAReadyAgentSaysWhatIsMissing() throws Exception {
        Orchestrator ralph = play.start(Orchestrator.builder()
                .agent(play.agent("missing", "").command("no-such-program").build()));

        RunResult result =
                result(ralph.submit(quick(RunSpec.prompt("Do the task").workspace(play.directory("w")))
                        .build()));

        assertThat(result.reason()).isEqualTo(StopReason.AGENT_UNAVAILABLE);
        assertThat(result.detail()).contains("no-such-program");
    }

    @Test
    void aPreferredAgentThatIsNotRegisteredIsAnErrorAndAutoIsNone() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> play.start(play.orchestrator(DONE).preferAgents("scripted", "cloud")))
                .withMessageContaining("cloud")
                .withMessageContaining("scripted");
        assertThat(play.start(play.orchestrator(DONE).preferAgents("auto")).agents())
                .extracting(status -> status.id())
                .contains("scripted")
                .doesNotContain("auto");
    }

    @Test
    void anAgentThatIsNotInstalledEndsTheRunAndCostsNothing() throws Exception {
        Orchestrator ralph = play.start(Orchestrator.builder()
                .agent(play.agent("scripted", "").command("no-such-program").build()));

        RunResult result = result(ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().maxCost("10").build())
                .build()));

        assertThat(result.reason()).isEqualTo(StopReason.AGENT_UNAVAILABLE);
        assertThat(result.detail()).contains("no-such-program");
        assertThat(result.spend().total()).isZero();
    }

    @Test
    void failuresInARowEndTheRunAndASuccessForgivesThem() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("""
                echo x >>"$PLAY/count"
                n=$(wc -l <"$PLAY/count" | tr -d ' ')
                [ "$n" = 2 ] && { echo fine; exit; }
                echo "disk is full" >&2
                exit 9
                """));
        Run run = ralph.submit(task(play.directory("w"))
                .retry(RetryPolicy.DEFAULT
                        .withMaxConsecutiveFailures(2)
                        .withDelays(Duration.ofMillis(10), Duration.ofMillis(10)))
                .build());

        RunResult result = result(run);

        assertThat(result.reason()).isEqualTo(StopReason.CONSECUTIVE_FAILURES);
        assertThat(result.detail()).contains("exit code 9", "disk is full");
        assertThat(run.iterations(0, 10))
                .extracting(IterationRecord::status)
                .containsExactly(
                        AttemptStatus.FAILED, AttemptStatus.SUCCEEDED, AttemptStatus.FAILED, AttemptStatus.FAILED);
    }

    @Test
    void anAgentThatHangsIsEndedByEitherTimeOut() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("[ \"$PWD\" = \"$PLAY/idle\" ] || yes\nsleep 1000"));
        RetryPolicy once = RetryPolicy.DEFAULT.withMaxConsecutiveFailures(1);

        Run wall = ralph.submit(task(play.directory("wall"))
                .limits(Limits.builder().attemptTimeout(SOON).build())
                .retry(once)
                .build());
        Run idle = ralph.submit(task(play.directory("idle"))
                .limits(Limits.builder().idleTimeout(SOON).build())
                .retry(once)
                .build());

        assertThat(result(wall).reason()).isEqualTo(StopReason.CONSECUTIVE_FAILURES);
        assertThat(wall.attempts(1)).extracting(AttemptRecord::failure).containsExactly(FailureClass.TIMEOUT);
        assertThat(result(idle).reason()).isEqualTo(StopReason.CONSECUTIVE_FAILURES);
        assertThat(idle.attempts(1)).extracting(AttemptRecord::failure).containsExactly(FailureClass.IDLE);
    }

    @Test
    void theRunsTimeEndsAnAttemptInFlight() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("sleep 1000"));

        RunResult result = result(ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().maxRuntime(SOON).build())
                .build()));

        assertThat(result.reason()).isEqualTo(StopReason.MAX_RUNTIME);
        assertThat(result.attempts()).isEqualTo(1);
    }

    static Stream<Throwable> bugs() {
        String message = "a bug of the adapter";
        return Stream.of(new IllegalStateException(message), new AssertionError(message), new IOException(message));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void whateverAnAdapterThrowsEndsTheRunWithoutAnotherLaunch(Throwable bug) throws Exception {
        InProcessAgent agent = new InProcessAgent("scripted", (invocation, listener) -> {
            throw FailuresTest.<RuntimeException>undeclared(bug);
        });
        Orchestrator ralph = play.start(Orchestrator.builder().agent(agent));

        RunResult result = result(ralph.submit(task(play.directory("w")).build()));

        assertThat(result.reason()).isEqualTo(StopReason.INTERNAL_ERROR);
        assertThat(result.detail()).contains("scripted", "a bug of the adapter");
        assertThat(agent.invocations()).hasSize(1);
    }

    @Test
    void textThatNoStoreCanKeepIsCleanedAndRecorded() throws Exception {
        String nasty = "\0 and \uD83E alone, " + "🧀".repeat(5000);
        InProcessAgent agent = new InProcessAgent("scripted", (invocation, listener) -> {
            listener.text(nasty);
            return invocation.iteration() == 1
                    ? new AgentOutcome.Failed(FailureClass.AGENT_ERROR, nasty, null, UsageReport.UNKNOWN)
                    : new AgentOutcome.Finished(nasty + "x\nLOOP_COMPLETE", false, UsageReport.UNKNOWN);
        });
        Orchestrator ralph = play.start(Orchestrator.builder().agent(agent));

        Run run = ralph.submit(task(play.directory("w")).build());

        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(run.attempts(1).get(0).message())
                .startsWith("\uFFFD and \uFFFD alone, 🧀")
                .doesNotContain("\0");
        assertThat(run.iterations(1, 1).get(0).outputPreview())
                .hasSizeLessThanOrEqualTo(4000)
                .startsWith("\uFFFD🧀")
                .endsWith("LOOP_COMPLETE");
    }

    @Test
    void aPausedRunThatFailsWhileWaitingKeepsItsStatus() throws Exception {
        Orchestrator ralph = play.start(limited(RATE_LIMITED));
        Run run = ralph.submit(task(play.directory("w"))
                .retry(RetryPolicy.DEFAULT.withDelays(Duration.ofHours(1), Duration.ofHours(1)))
                .build());
        event(run, StateEvent.RunWaiting.class);

        run.pause();
        event(run, StateEvent.RunPaused.class);

        assertThat(run.snapshot().status()).isEqualTo(RunStatus.PAUSED);
        assertThat(play.lines("refused")).hasSize(1);
        run.cancel();
        assertThat(result(run).reason()).isEqualTo(StopReason.CANCELLED);
    }

    private OrchestratorBuilder limited(String script) {
        return Orchestrator.builder()
                .agent(play.agent("scripted", script)
                        .exitCode(75, FailureClass.RATE_LIMITED)
                        .build());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X undeclared(Throwable failure) throws X {
        throw (X) failure;
    }
}
