/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.BOUND;
import static dev.ralph.loop.Playground.git;
import static dev.ralph.loop.Playground.quick;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.CheckpointPolicy;
import dev.ralph.CheckpointRecord;
import dev.ralph.CostKind;
import dev.ralph.FailureClass;
import dev.ralph.InvalidPromptException;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.StopReason;
import dev.ralph.agent.CommandAgentConfig.JsonResult;
import dev.ralph.event.StateEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Bugs of the TypeScript Ralph that are decided by processes, git and the worker; each test fails on that behaviour. The
 * numbers are those of the list these tests were written from. Bugs that the state machine decides are in the class of
 * the same name beside it.
 *
 * <ul>
 *   <li>3: output is never read for completion; a prompt that mentions the marker stops with no call
 *   <li>7: an agent that cannot be used is called again and again
 *   <li>9: the usage that the client prints as JSON is ignored
 *   <li>11: SIGTERM to the direct child alone: a child that holds standard output delays the return, one that ignores
 *       SIGTERM runs to its end and counts as a success, detached ones survive
 *   <li>12: the prompt in the arguments: visible to everybody, and too long at 200 KB
 *   <li>15: listeners of signals pile up with every instance
 *   <li>16: secrets on standard error are logged: {@link SecretsTest}
 *   <li>17: a checkpoint commits an untracked {@code prod.env}; nothing to commit is a failure
 *   <li>22: limits are accepted and ignored
 *   <li>23: a kill loses all state and leaves the agent alive: {@link TakeOverTest}, and the tests of containment
 *   <li>24: 500 MB of output fill the memory: {@link FloodTest}
 * </ul>
 */
class TypeScriptPeerBugsTest {

    @RegisterExtension
    final Playground play = new Playground();

    @Test
    void bug3OutputIsReadForCompletionWithAPromptThatMentionsTheMarker() throws Exception {
        Orchestrator ralph =
                play.start(play.orchestrator("cat >/dev/null; echo x >>\"$PLAY/calls\"; echo LOOP_COMPLETE"));

        RunResult result = result(ralph.submit(quick(RunSpec.prompt("Write TASK_COMPLETE when done"))
                .workspace(play.directory("w"))
                .agent("scripted")
                .build()));

        assertThat(result.reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(play.lines("calls")).hasSize(1);
    }

    @Test
    void bug7AnAgentThatCannotBeUsedIsCalledOnceInARun() throws Exception {
        Orchestrator ralph = play.start(Orchestrator.builder()
                .agent(play.agent("claude", "echo x >>\"$PLAY/claude\"; exit 41")
                        .exitCode(41, FailureClass.AUTHENTICATION)
                        .build())
                .agent(play.agent("gemini", "echo x >>\"$PLAY/gemini\"").build())
                .preferAgents("claude", "gemini"));

        RunResult result = result(ralph.submit(quick(RunSpec.prompt("Do the task")
                        .workspace(play.directory("w"))
                        .limits(Limits.builder().maxIterations(3).build()))
                .build()));

        assertThat(result.reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(play.lines("claude")).hasSize(1);
        assertThat(play.lines("gemini")).hasSize(3);
    }

    @Test
    void bug9TheCostThatTheClientPrintsCounts() throws Exception {
        Orchestrator ralph = play.start(Orchestrator.builder()
                .agent(play.agent("scripted", "echo '{\"result\":\"working\",\"total_cost_usd\":40}'")
                        .json(new JsonResult(
                                "/result", null, null, null, null, null, "/total_cost_usd", CostKind.ESTIMATED))
                        .build()));

        RunResult result = result(ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().maxCost("5").build())
                .build()));

        assertThat(result.reason()).isEqualTo(StopReason.MAX_COST);
        assertThat(result.iterations()).isEqualTo(1);
        assertThat(result.spend().estimated()).isEqualByComparingTo("40");
    }

    @Test
    @Tag("linux")
    void bug11NothingOutlivesATimeOutAndItIsAFailure() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("""
                trap '' TERM
                setsid sh -c "trap '' TERM; sleep 1000" &
                sleep 1000 &
                sleep 1000
                echo LOOP_COMPLETE
                """));
        long begin = System.nanoTime();

        Run run = ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().attemptTimeout(Duration.ofSeconds(3)).build())
                .retry(RetryPolicy.DEFAULT.withMaxConsecutiveFailures(1))
                .build());

        assertThat(result(run).reason()).isEqualTo(StopReason.CONSECUTIVE_FAILURES);
        assertThat(run.attempts(1).get(0).failure()).isEqualTo(FailureClass.TIMEOUT);
        assertThat(play.alive()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND);
    }

    @Test
    @Tag("linux")
    void bug11WhatASuccessfulAgentLeavesBehindIsEndedAndDelaysNothing() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("setsid sleep 1000 & sleep 1000 & echo LOOP_COMPLETE"));

        assertThat(result(ralph.submit(task(play.directory("w")).build())).reason())
                .isEqualTo(StopReason.COMPLETED);

        assertThat(play.alive()).isEmpty();
    }

    @Test
    @Tag("linux")
    void bug12AnyPromptFitsAndIsNotAnArgument() throws Exception {
        String prompt = "a secret plan " + "x".repeat(2_000_000);
        Orchestrator ralph = play.start(
                play.orchestrator("cat >\"$PLAY/prompt\"; tr '\\0' ' ' </proc/$$/cmdline; echo; echo LOOP_COMPLETE"));

        Run run = ralph.submit(quick(RunSpec.prompt(prompt))
                .workspace(play.directory("w"))
                .agent("scripted")
                .build());

        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(Files.readString(play.file("prompt"))).startsWith(prompt);
        assertThat(run.iterations(0, 1).get(0).outputPreview()).doesNotContain("secret plan");
    }

    @Test
    void bug15InstancesThatAreClosedLeaveNoThreads() throws Exception {
        play.start(play.orchestrator("echo LOOP_COMPLETE")).close();
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        for (int i = 0; i < 3; i++) {
            Orchestrator ralph = play.start(play.orchestrator("echo LOOP_COMPLETE"));
            result(ralph.submit(task(play.directory("w")).build()));
            ralph.close();
        }

        Playground.until(
                () -> Thread.getAllStackTraces().keySet().stream()
                                .filter(thread -> !before.contains(thread))
                                .filter(Thread::isAlive)
                                .map(Thread::getName)
                                .filter(name -> name.startsWith("ralph"))
                                .collect(Collectors.toSet())
                                .isEmpty()
                        ? true
                        : null,
                "the end of all threads");
    }

    @Test
    void bug17SecretsStayOutOfCheckpointsAndNothingToCheckpointIsNoFailure() throws Exception {
        Path repository = play.repository("repo");
        Files.writeString(repository.resolve("prod.env"), "PASSWORD=hunter22");
        Orchestrator ralph = play.start(play.orchestrator("""
                echo x >>"$PLAY/count"
                [ "$(wc -l <"$PLAY/count")" != 2 ] || echo new >made
                """));

        Run run = ralph.submit(task(repository)
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .limits(Limits.builder().maxIterations(3).build())
                .build());

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.checkpoints()).extracting(CheckpointRecord::iteration).containsExactly(0, 2);
        assertThat(run.events(0, 1000)).noneMatch(StateEvent.CheckpointFailed.class::isInstance);
        for (CheckpointRecord checkpoint : run.checkpoints()) {
            assertThat(git(repository, "ls-tree", "-r", "--name-only", checkpoint.commit()))
                    .contains("README")
                    .doesNotContain("prod.env");
        }
        assertThat(git(repository, "log", "--oneline")).hasLineCount(1);
        assertThat(git(repository, "status", "--porcelain")).contains("?? prod.env", "?? made");
    }

    @Test
    void bug22TokenLimitAndEnvironmentAreNotIgnored() throws Exception {
        Orchestrator ralph = play.start(Orchestrator.builder()
                .agent(play.agent("scripted", "echo \"{\\\"result\\\":\\\"$MODE\\\",\\\"in\\\":600,\\\"out\\\":500}\"")
                        .variable("MODE", "from the adapter")
                        .json(new JsonResult("/result", null, "/in", "/out", null, null, null, CostKind.BILLED))
                        .build()));

        Run run = ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().maxTokens(1_000L).build())
                .build());

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_TOKENS);
        assertThat(run.iterations(0, 10)).hasSize(1);
        assertThat(run.iterations(0, 1).get(0).outputPreview()).isEqualTo("from the adapter");
    }

    @Test
    void bug22APromptThatIsTooLargeIsRefusedBeforeAnythingRuns() {
        Orchestrator ralph = play.start(play.orchestrator("touch \"$PLAY/ran\""));
        String tooLarge = "x".repeat(11_000_000);

        assertThatExceptionOfType(InvalidPromptException.class)
                .isThrownBy(() -> ralph.submit(quick(RunSpec.prompt(tooLarge)
                                .workspace(play.directory("w"))
                                .agent("scripted"))
                        .build()))
                .withMessageContaining("10000000");
        assertThat(play.file("ran")).doesNotExist();
    }
}
