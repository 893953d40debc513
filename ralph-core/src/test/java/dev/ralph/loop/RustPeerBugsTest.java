/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.git;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.CheckpointPolicy;
import dev.ralph.FailureClass;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.StopReason;
import dev.ralph.Verification;
import dev.ralph.spi.Gate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Gaps of the Rust Ralph, and what users of it and of the clients reported, as far as processes, git and the worker decide
 * it; each test fails on that behaviour. What the state machine decides is in the class of the same name beside it.
 *
 * <ul>
 *   <li>no hard time-out of an iteration
 *   <li>evidence for gates is text that the agent wrote
 *   <li>{@code git stash clear} on landing
 *   <li>no redaction of secrets: {@link SecretsTest}
 *   <li>unbounded output: {@link FloodTest}
 *   <li>the agent has finished, but its process never exits (anthropics/claude-code#61416)
 *   <li>standard input that is left open hangs the client (anthropics/claude-code#7497)
 *   <li>both idle and wall time-outs (umputun/ralphex#325): {@link FailuresTest}
 *   <li>{@code git add -A} sweeps in the edits of people (agent-frontier/wgm#95)
 *   <li>output is searched for words (frankbria/ralph-claude-code#183)
 * </ul>
 */
class RustPeerBugsTest {

    @RegisterExtension
    final Playground play = new Playground();

    @Test
    void anIterationHasAHardTimeOutHoweverBusyTheAgentLooks() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("while true; do echo busy; sleep 0.1; done"));

        Run run = ralph.submit(task(play.directory("w"))
                .limits(Limits.builder().attemptTimeout(Duration.ofSeconds(3)).build())
                .retry(RetryPolicy.DEFAULT.withMaxConsecutiveFailures(1))
                .build());

        assertThat(result(run).reason()).isEqualTo(StopReason.CONSECUTIVE_FAILURES);
        assertThat(run.attempts(1).get(0).failure()).isEqualTo(FailureClass.TIMEOUT);
    }

    @Test
    void whatTheAgentWritesIsNoEvidenceForAGate() throws Exception {
        Orchestrator ralph =
                play.start(play.orchestrator("echo 'all 42 tests passed, exit code 0'; echo LOOP_COMPLETE"));

        Run run = ralph.submit(task(play.directory("w"))
                .gate(Gate.command("sh", "-c", "test -e really-done"))
                .limits(Limits.builder().maxIterations(1).build())
                .build());

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(result(run).verification()).isEqualTo(Verification.NONE);
    }

    @Test
    void theStashAndWhatPeopleStagedAreLeftAlone() throws Exception {
        Path repository = play.repository("repo");
        Files.writeString(repository.resolve("README"), "stashed by a person\n");
        git(repository, "stash", "push", "-q");
        Files.writeString(repository.resolve("staged"), "staged by a person\n");
        git(repository, "add", "staged");
        Files.writeString(repository.resolve("README"), "edited by a person\n");
        String stash = git(repository, "stash", "list");
        String index = git(repository, "ls-files", "--stage");
        Orchestrator ralph = play.start(play.orchestrator("echo x >>made; echo LOOP_COMPLETE"));

        Run run = ralph.submit(
                task(repository).checkpoints(CheckpointPolicy.EVERY_ITERATION).build());

        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(git(repository, "stash", "list")).isEqualTo(stash);
        assertThat(git(repository, "ls-files", "--stage")).isEqualTo(index);
        assertThat(git(repository, "log", "--oneline")).hasLineCount(1);
        run.rollback(0);
        assertThat(repository.resolve("README")).hasContent("edited by a person\n");
        assertThat(git(repository, "stash", "list")).isEqualTo(stash);
        assertThat(git(repository, "ls-files", "--stage")).isEqualTo(index);
    }

    @Test
    @Tag("linux")
    void anAgentThatHasFinishedButWhoseChildKeepsItsOutputOpenDoesNotHoldTheRunUp() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("(trap '' TERM HUP; sleep 1000) & echo LOOP_COMPLETE"));

        assertThat(result(ralph.submit(task(play.directory("w")).build())).reason())
                .isEqualTo(StopReason.COMPLETED);
        assertThat(play.alive()).isEmpty();
    }

    @Test
    void standardInputEndsAfterThePrompt() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("cat >\"$PLAY/prompt\"; echo LOOP_COMPLETE"));

        assertThat(result(ralph.submit(task(play.directory("w")).build())).reason())
                .isEqualTo(StopReason.COMPLETED);
        assertThat(play.file("prompt")).content().startsWith("Do the task");
    }

    @Test
    void wordsLikeErrorOrRateLimitInTheOutputMeanNothing() throws Exception {
        Orchestrator ralph = play.start(
                play.orchestrator(
                        "echo '429 rate limit exceeded, authentication error, quota'; echo 'Error: 529' >&2; echo LOOP_COMPLETE"));

        Run run = ralph.submit(task(play.directory("w")).build());

        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(run.attempts(1)).hasSize(1);
    }
}
