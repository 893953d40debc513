/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.event;
import static dev.ralph.loop.Playground.git;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.CheckpointPolicy;
import dev.ralph.CheckpointRecord;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.RunStateException;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.WorkspaceException;
import dev.ralph.event.StateEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkspaceUseTest {

    private static final Limits ONCE = Limits.builder().maxIterations(1).build();

    @RegisterExtension
    final Playground play = new Playground();

    @Test
    void aWorkspaceThatIsDeletedUnderTheAgentEndsTheRun() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("cd / && rm -rf \"$PLAY/w\"; echo working"));

        RunResult result = result(ralph.submit(task(play.directory("w")).build()));

        assertThat(result.reason()).isEqualTo(StopReason.WORKSPACE_LOST);
        assertThat(result.detail()).contains(play.file("w").toString());
        assertThat(result.attempts()).isEqualTo(1);
    }

    @Test
    void aWorkspaceThatIsDeletedInTheQueueEndsTheRun() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("""
                        echo x >>"$PLAY/started"
                        while [ ! -e "$PLAY/go" ]; do sleep 0.05; done
                        """).maxParallelRuns(1));
        Run first = ralph.submit(task(play.directory("a")).limits(ONCE).build());
        play.awaitLines("started", 1);
        Run second = ralph.submit(task(play.directory("b")).build());
        Files.delete(play.file("b"));
        play.directory("go");

        assertThat(result(first).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(result(second).reason()).isEqualTo(StopReason.WORKSPACE_LOST);
    }

    @Test
    void aWorkspaceThatIsNotThereIsRefusedAtSubmission() {
        Orchestrator ralph = play.start(play.orchestrator("true"));

        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> ralph.submit(task(play.file("nowhere")).build()))
                .withMessageContaining("nowhere");
    }

    @Test
    void twoRunsOnOneWorkspaceTakeTurnsWhateverTheyCallIt() throws Exception {
        Path workspace = play.directory("w");
        Path link = Files.createSymbolicLink(play.file("link"), workspace);
        Orchestrator ralph = play.start(play.orchestrator("""
                [ ! -e busy ] || echo x >>"$PLAY/overlap"
                touch busy
                sleep 0.2
                rm busy
                """));
        Limits twice = Limits.builder().maxIterations(2).build();
        Run first = ralph.submit(task(workspace).limits(twice).build());
        Run second = ralph.submit(task(workspace).limits(twice).build());
        Run third = ralph.submit(task(link).limits(twice).build());

        for (Run run : new Run[] {first, second, third}) {
            assertThat(result(run).iterations()).isEqualTo(2);
        }
        assertThat(play.lines("overlap")).isEmpty();
        assertThat(first.snapshot().completedAt())
                .isBeforeOrEqualTo(second.snapshot().startedAt());
    }

    @Test
    void aRunWaitsForAWorkspaceThatAnotherProcessHolds() throws Exception {
        Path workspace = play.directory("w");
        Orchestrator ralph = play.start(play.orchestrator("echo x >>\"$PLAY/started\""));
        ChildJvm holder =
                play.closing(ChildJvm.start(List.of(), Map.of(), WorkspaceHolder.class, workspace.toString()));
        holder.await("held");

        Run run = ralph.submit(task(workspace).limits(ONCE).build());
        Run other = ralph.submit(task(play.directory("other")).limits(ONCE).build());
        assertThat(result(other).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.snapshot().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(play.lines("started")).hasSize(1);

        holder.endInput();
        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
    }

    @Test
    void aRunThatWaitsForItsAgentKeepsItsWorkspaceAndOneThatPausesDoesNot() throws Exception {
        Path workspace = play.directory("w");
        Orchestrator ralph = play.start(play.orchestrator("echo x >>\"$PLAY/started\"; exit 1"));
        Run first = ralph.submit(task(workspace)
                .retry(RetryPolicy.DEFAULT.withDelays(Duration.ofDays(1), Duration.ofDays(1)))
                .build());
        event(first, StateEvent.RunWaiting.class);
        Run second = ralph.submit(task(workspace).limits(ONCE).build());
        Run elsewhere = ralph.submit(task(play.directory("other")).limits(ONCE).build());
        assertThat(result(elsewhere).iterations()).isEqualTo(1);
        assertThat(second.snapshot().status()).isEqualTo(RunStatus.QUEUED);

        first.pause();
        event(first, StateEvent.RunPaused.class);

        assertThat(result(second).iterations()).isEqualTo(1);
    }

    @Test
    void checkpointsLeaveBranchIndexAndStashAloneAndRollBack() throws Exception {
        Path repository = play.repository("repo");
        Files.writeString(repository.resolve("README"), "changed by a person\n");
        git(repository, "stash", "push", "-q");
        Files.writeString(repository.resolve("staged"), "staged by a person\n");
        git(repository, "add", "staged");
        Files.writeString(repository.resolve("prod.env"), "PASSWORD=hunter22\n");
        String stash = git(repository, "stash", "list");
        String branches = git(repository, "log", "--oneline", "--branches");
        Orchestrator ralph = play.start(play.orchestrator("""
                echo x >>"$PLAY/count"
                wc -l <"$PLAY/count" | tr -d ' ' >made
                """));

        Run run = ralph.submit(task(repository)
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .limits(Limits.builder().maxIterations(2).build())
                .build());
        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);

        assertThat(run.checkpoints()).extracting(CheckpointRecord::number).containsExactly(0, 1, 2);
        assertThat(run.diff(0, 2, 10_000)).contains("+2").doesNotContain("hunter22");
        assertThat(git(repository, "stash", "list")).isEqualTo(stash).contains("stash@{0}");
        assertThat(git(repository, "log", "--oneline", "--branches")).isEqualTo(branches);
        assertThat(git(repository, "diff", "--cached", "--name-only")).isEqualTo("staged\n");
        assertThat(run.events(0, 1000))
                .filteredOn(StateEvent.CheckpointMade.class::isInstance)
                .allSatisfy(event -> assertThat(((StateEvent.CheckpointMade) event).leftOut())
                        .containsExactly("prod.env (secret)"));
        for (CheckpointRecord checkpoint : run.checkpoints()) {
            assertThat(git(repository, "ls-tree", "-r", "--name-only", checkpoint.commit()))
                    .doesNotContain("prod.env");
        }

        run.rollback(1);
        assertThat(repository.resolve("made")).hasContent("1");
        assertThat(repository.resolve("prod.env")).exists();
        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> run.rollback(7))
                .withMessageContaining("7")
                .withMessageContaining("0 to 2");

        assertThat(run.deleteCheckpoints()).as("two iterations and the start").isEqualTo(3);
        assertThat(git(repository, "for-each-ref", "refs/ralph")).isEmpty();
        assertThat(run.deleteCheckpoints()).isZero();
        assertThat(run.checkpoints()).hasSize(3);
    }

    @Test
    void aRunAtWorkIsNotRolledBack() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("echo x >>\"$PLAY/started\"; sleep 1000"));
        Run run = ralph.submit(task(play.repository("repo"))
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .build());
        play.awaitLines("started", 1);

        assertThatExceptionOfType(RunStateException.class)
                .isThrownBy(() -> run.rollback(0))
                .withMessageContaining("pause");
        assertThatExceptionOfType(RunStateException.class)
                .isThrownBy(run::deleteCheckpoints)
                .withMessageContaining("RUNNING");
    }

    @Test
    void aCheckpointThatFailsEndsNothing() throws Exception {
        Path repository = play.repository("repo");
        Orchestrator ralph = play.start(play.orchestrator("""
                echo x >>work
                rm -rf .git/refs/ralph
                echo 'not a folder' >.git/refs/ralph
                """));

        Run run = ralph.submit(task(repository)
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .limits(Limits.builder().maxIterations(2).build())
                .build());
        RunResult result = result(run);

        assertThat(result.reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(result.iterations()).isEqualTo(2);
        assertThat(run.events(0, 100)).hasAtLeastOneElementOfType(StateEvent.CheckpointFailed.class);
    }
}
