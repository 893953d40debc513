/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.gate;
import static dev.ralph.internal.machine.SampleSpecs.limits;
import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.CheckpointPolicy;
import dev.ralph.RetryPolicy;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Command;
import org.junit.jupiter.api.Test;

/** When the workspace is checkpointed. */
class CheckpointsTest {

    private static SimulatedRun every(int iterations) {
        return SimulatedRun.begunOnGit(
                spec("a").checkpoints(new CheckpointPolicy(iterations)).build());
    }

    @Test
    void theStateBeforeTheFirstAttemptIsCheckpointZero() {
        assertThat(every(1).next(Decision.Checkpoint.class)).isEqualTo(new Decision.Checkpoint(0, 0));
    }

    @Test
    void everyIterationThatChangedTheWorkspaceIsCheckpointed() {
        SimulatedRun run = every(1).checkpoint();

        run.iterate(Reply.says("1"));
        assertThat(run.next(Decision.Checkpoint.class)).isEqualTo(new Decision.Checkpoint(1, 1));
        run.checkpoint().iterate(Reply.says("2"));

        assertThat(run.next(Decision.Checkpoint.class)).isEqualTo(new Decision.Checkpoint(2, 2));
    }

    @Test
    void anUnchangedWorkspaceIsNotCheckpointed() {
        SimulatedRun run = every(1).checkpoint();

        run.iterate(Reply.says("1").withoutEdit());

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);
    }

    @Test
    void everyThirdIterationMeansEveryThird() {
        SimulatedRun run = every(3).checkpoint();

        run.iterate(Reply.says("1"), Reply.says("2"), Reply.says("3"));
        assertThat(run.next(Decision.Checkpoint.class)).isEqualTo(new Decision.Checkpoint(1, 3));
        run.checkpoint().iterate(Reply.says("4"), Reply.says("5"), Reply.says("6"));

        assertThat(run.next(Decision.Checkpoint.class)).isEqualTo(new Decision.Checkpoint(2, 6));
    }

    @Test
    void whatIsNotYetCheckpointedIsAtTheEnd() {
        SimulatedRun run = every(10).checkpoint();

        run.iterate(Reply.claims("done"));

        assertThat(run.next(Decision.Checkpoint.class)).isEqualTo(new Decision.Checkpoint(1, 1));
        assertThat(run.checkpoint().ending().reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void aCancelledRunIsCheckpointedToo() {
        SimulatedRun run = every(10).checkpoint();

        run.iterate(Reply.says("1")).tell(new Command.Cancel());

        assertThat(run.checkpoint().ending().reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void nothingIsCheckpointedTwice() {
        SimulatedRun run = every(1).checkpoint();

        run.iterate(Reply.claims("done")).checkpoint();

        assertThat(run.ending().reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void aClaimIsVerifiedBeforeItsIterationIsCheckpointed() {
        SimulatedRun run = SimulatedRun.begunOnGit(spec("a").gate(gate("build")).build());

        run.checkpoint().iterate(Reply.claims("done")).gatesPass();

        assertThat(run.next(Decision.Checkpoint.class).iteration()).isEqualTo(1);
    }

    @Test
    void aCheckpointThatCannotBeMadeDoesNotStopTheRunAndIsTriedAgainAfterTheNextIteration() {
        SimulatedRun run = every(1).checkpoint().iterate(Reply.says("1"));

        run.checkpointFails();
        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);
        assertThat(run.events(StateEvent.CheckpointFailed.class))
                .singleElement()
                .satisfies(event -> assertThat(event.message()).isEqualTo("no space left on device"));
        run.iterate(Reply.says("2").withoutEdit());

        assertThat(run.next(Decision.Checkpoint.class)).isEqualTo(new Decision.Checkpoint(1, 2));
    }

    @Test
    void aLastCheckpointThatCannotBeMadeDoesNotChangeTheEnd() {
        SimulatedRun run = every(1).checkpoint().iterate(Reply.claims("done"));

        assertThat(run.checkpointFails().finish().reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void numberZeroIsNeverALaterStateThanTheFirst() {
        SimulatedRun run = every(1).checkpointFails().iterate(Reply.says("1"));

        assertThat(run.next(Decision.Checkpoint.class)).isEqualTo(new Decision.Checkpoint(1, 1));
    }

    @Test
    void checkpointsThatAreOffAreNeverMade() {
        SimulatedRun run = SimulatedRun.begunOnGit(spec("a")
                .checkpoints(CheckpointPolicy.OFF)
                .limits(limits().maxIterations(2).build())
                .build());

        run.iterate(Reply.says("1"), Reply.says("2"));

        assertThat(run.ending().reason()).isEqualTo(StopReason.MAX_ITERATIONS);
    }

    @Test
    void aWorkspaceWithoutGitIsNeverCheckpointed() {
        SimulatedRun run = SimulatedRun.begun(
                spec("a").limits(limits().maxIterations(1).build()).build());

        run.iterate(Reply.says("1"));

        assertThat(run.ending().reason()).isEqualTo(StopReason.MAX_ITERATIONS);
    }

    @Test
    void aWorkspaceThatIsGoneIsNotCheckpointed() {
        SimulatedRun run = every(10).checkpoint().iterate(Reply.says("1"));

        run.breaks(StopReason.WORKSPACE_LOST, Metered.NOTHING);

        assertThat(run.ending().reason()).isEqualTo(StopReason.WORKSPACE_LOST);
    }

    @Test
    void aRunThatKillsItsNodesDoesNotTouchTheWorkspaceAgain() {
        SimulatedRun run = SimulatedRun.begunOnGit(
                spec("a").retry(RetryPolicy.DEFAULT.withMaxTakeovers(1)).build());

        run.checkpoint().launch().dies();

        assertThat(run.ending().reason()).isEqualTo(StopReason.DEAD_LETTERED);
    }
}
