/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.gate;
import static dev.ralph.internal.machine.SampleSpecs.limits;
import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.FailureClass;
import dev.ralph.OnInterrupted;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Command;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Workspaces that may move between nodes. */
class MovesTest {

    private final SimulatedRun run = SimulatedRun.begunInPlace("here", spec("a").build());

    @Test
    void theStateBeforeTheFirstAttemptIsPublishedBeforeIt() {
        assertThat(run.commitsWithCheckpoint()).isTrue();
        assertThat(run.checkpoint().next(Decision.Invoke.class).iteration()).isEqualTo(1);
    }

    @Test
    void anIterationIsCommittedTogetherWithItsCheckpoint() {
        run.checkpoint().iterate(Reply.says("1"));

        assertThat(run.commitsWithCheckpoint()).isTrue();
        assertThat(run.next(Decision.Checkpoint.class)).isEqualTo(new Decision.Checkpoint(1, 1));
        assertThat(run.checkpoint().commitsWithCheckpoint()).isFalse();
    }

    @Test
    void anIterationThatChangedNothingIsCommittedAlone() {
        run.checkpoint().iterate(Reply.says("1").withoutEdit());

        assertThat(run.commitsWithCheckpoint()).isFalse();
        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);
    }

    @Test
    void aClaimIsPublishedBeforeItIsVerified() {
        SimulatedRun gated =
                SimulatedRun.begunInPlace("here", spec("a").gate(gate("build")).build());

        gated.checkpoint().iterate(Reply.claims("done"));

        assertThat(gated.checkpoint().gatesPass().ending().reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void inTheSamePlaceHalfDoneEditsStay() {
        run.checkpoint().launch().dies();

        assertThat(run.next(Decision.Invoke.class).attempt()).isEqualTo(2);
        assertThat(run.events(StateEvent.WorkspaceMoved.class)).isEmpty();
    }

    @Test
    void inAnotherPlaceTheLastCheckpointIsRestoredWhateverTheRunSays() {
        run.checkpoint().iterate(Reply.says("1")).checkpoint().launch().edits();

        run.moves("there").dies();

        assertThat(run.next(Decision.Restore.class)).isEqualTo(new Decision.Restore(1, "commit-1"));
        assertThat(run.events(StateEvent.WorkspaceMoved.class)).singleElement().satisfies(moved -> {
            assertThat(moved.checkpoint()).isEqualTo(1);
            assertThat(moved.lostIteration()).isZero();
        });
        assertThat(run.restore().next(Decision.Invoke.class).iteration()).isEqualTo(2);
    }

    @Test
    void aRunThatWaitsMovesLikeOneThatIsTakenOver() {
        run.checkpoint().tell(new Command.Pause()).park();

        run.tell(new Command.Resume()).moves("there").takenUp();

        assertThat(run.next(Decision.Restore.class).commit()).isEqualTo("commit-0");
    }

    @Test
    void aRunThatNeverBeganHasNothingToRestore() {
        run.moves("there").dies();

        assertThat(run.next(Decision.Checkpoint.class)).isEqualTo(new Decision.Checkpoint(0, 0));
        assertThat(run.events(StateEvent.WorkspaceMoved.class)).isEmpty();
    }

    @Test
    void aRunThatIsCancelledAfterItMovedIsNotCheckpointedThere() {
        run.checkpoint().launch().edits().tell(new Command.Cancel());

        run.moves("there").dies();

        assertThat(run.ending().reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void whatCannotBePublishedIsRecordedAndTriedAgainAfterAWait() {
        run.checkpoint().iterate(Reply.says("1")).checkpointFails();

        assertThat(run.iterations()).hasSize(1);
        Decision.Wait wait = run.sleep();
        assertThat(wait.until()).isAfter(SimulatedRun.START);
        assertThat(wait.detail()).isEqualTo("no space left on device");
        assertThat(run.next(Decision.Checkpoint.class)).isEqualTo(new Decision.Checkpoint(1, 1));
        assertThat(run.checkpoint().next(Decision.Invoke.class).iteration()).isEqualTo(2);
    }

    @Test
    void theWaitsGrowUntilItWorks() {
        run.checkpoint().iterate(Reply.says("1")).checkpointFails();
        Duration first = Duration.between(run.now(), run.sleep().until());
        run.checkpointFails();
        Duration second = Duration.between(run.now(), run.park().until());

        assertThat(second).isGreaterThan(first);
    }

    @Test
    void nothingIsLaunchedOrPausedBeforeItWorks() {
        run.checkpoint().iterate(Reply.says("1")).checkpointFails().tell(new Command.Pause());

        assertThat(run.sleep().until()).isNotNull();
        assertThat(run.checkpoint().park().until()).as("paused now").isNull();
    }

    @Test
    void aCancelledRunDoesNotWaitForIt() {
        run.checkpoint().iterate(Reply.says("1")).checkpointFails().tell(new Command.Cancel());

        assertThat(run.ending().reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void aRunThatEndsWaitsForItAsLongAsItHasTime() {
        SimulatedRun once = SimulatedRun.begunInPlace(
                "here",
                spec("a")
                        .limits(limits().maxIterations(1)
                                .maxRuntime(Duration.ofMinutes(1))
                                .build())
                        .build());
        once.checkpoint().iterate(Reply.says("1")).checkpointFails();

        once.sleep();
        once.checkpointFails().passes(Duration.ofMinutes(1));

        assertThat(once.ending().reason()).isEqualTo(StopReason.MAX_ITERATIONS);
    }

    @Test
    void theNodeThatHasWhatIsNotPublishedIsGivenTimeToComeBack() {
        run.checkpoint().iterate(Reply.says("1"));
        assertThat(run.staysInPlace()).isFalse();

        run.checkpointFails();
        assertThat(run.staysInPlace()).isTrue();
        Decision.Wait wait = run.park();

        run.passes(Duration.between(run.now(), wait.until()).plusSeconds(299));
        assertThat(run.staysInPlace()).isTrue();
        run.passes(Duration.ofSeconds(2));
        assertThat(run.staysInPlace()).isFalse();
    }

    @Test
    void ifItDoesNotTheEditsAreLostAndTheRunSaysSo() {
        run.checkpoint().iterate(Reply.says("1")).checkpointFails();
        Decision.Wait wait = run.park();
        run.passes(Duration.between(run.now(), wait.until()).plusMinutes(6));

        run.moves("there").takenUp();

        assertThat(run.events(StateEvent.WorkspaceMoved.class))
                .singleElement()
                .satisfies(moved -> assertThat(moved.lostIteration()).isEqualTo(1));
        assertThat(run.restore().prompt("Make it so"))
                .contains("edits of iteration 1 were lost")
                .doesNotContain("You claimed", "rejected");
        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);
    }

    @Test
    void whatARejectedClaimStillHasToHearIsNotLostWithThem() {
        SimulatedRun gated =
                SimulatedRun.begunInPlace("here", spec("a").gate(gate("build")).build());
        gated.checkpoint().iterate(Reply.claims("done")).checkpoint().firstGateRejects("line 7: tabs");
        gated.attempt(Failure.of(FailureClass.CRASHED).afterEdits()).checkpointFails();
        gated.park();
        gated.passes(Duration.ofMinutes(10)).moves("there").takenUp();

        assertThat(gated.restore().prompt("Make it so"))
                .containsSubsequence("claim was rejected", "line 7: tabs", "edits of iteration 2 were lost");
    }

    @Test
    void whatPeopleEditedDuringAPauseIsNoIteration() {
        SimulatedRun careful = SimulatedRun.begunInPlace(
                "here", spec("a").onInterrupted(OnInterrupted.ROLLBACK).build());
        careful.checkpoint().iterate(Reply.says("1")).checkpoint();
        careful.tell(new Command.Pause()).park();
        careful.tell(new Command.Resume()).takenUp().checkpointFails();

        careful.passes(Duration.ofMinutes(10)).moves("there").takenUp();

        assertThat(careful.events(StateEvent.WorkspaceMoved.class))
                .singleElement()
                .satisfies(moved -> assertThat(moved.lostIteration()).isZero());
    }

    @Test
    void anIterationThatChangedNothingHasNothingToLose() {
        run.checkpoint().iterate(Reply.says("1").withoutEdit()).launch().edits();

        run.moves("there").dies();

        assertThat(run.events(StateEvent.WorkspaceMoved.class))
                .singleElement()
                .satisfies(moved -> assertThat(moved.lostIteration()).isZero());
    }

    @Test
    void halfDoneEditsAreNotPublished() {
        run.checkpoint().iterate(Reply.says("1").withoutEdit());

        run.attempt(Failure.of(FailureClass.RATE_LIMITED).afterEdits());

        assertThat(run.next(Decision.Wait.class).until()).isNotNull();
        run.sleep();
        assertThat(run.next(Decision.Invoke.class).attempt()).isEqualTo(2);
    }

    @Test
    void halfDoneEditsKeepARunInPlaceWhileItWaitsForItsAgent() {
        run.checkpoint().attempt(Failure.rateLimited(Duration.ofMinutes(3)).afterEdits());
        Decision.Wait wait = run.park();

        run.passes(Duration.between(run.now(), wait.until()).plusSeconds(299));
        assertThat(run.staysInPlace()).isTrue();
        run.passes(Duration.ofSeconds(2));
        assertThat(run.staysInPlace()).isFalse();
    }

    @Test
    void anAttemptThatWasTurnedAwayBeforeItEditedKeepsItNowhere() {
        run.checkpoint().attempt(Failure.rateLimited(Duration.ofMinutes(3))).park();

        assertThat(run.staysInPlace()).isFalse();
    }

    @Test
    void norDoHalfDoneEditsOfARunThatIsCancelledOrCannotReachThem() {
        run.checkpoint().attempt(Failure.rateLimited(Duration.ofMinutes(3)).afterEdits());
        Decision.Wait wait = run.park();

        assertThat(run.staysInPlace()).isTrue();
        run.passes(Duration.between(run.now(), wait.until())).takenUpAway();
        assertThat(run.staysInPlace()).isFalse();

        SimulatedRun cancelled = SimulatedRun.begunInPlace("here", spec("a").build());
        cancelled
                .checkpoint()
                .attempt(Failure.rateLimited(Duration.ofMinutes(3)).afterEdits());
        cancelled.park();
        assertThat(cancelled.tell(new Command.Cancel()).staysInPlace()).isFalse();
    }

    @Test
    void halfDoneEditsThatMoveAwayFromTheirWaitAreNamedAsLost() {
        run.checkpoint()
                .iterate(Reply.says("1"))
                .checkpoint()
                .attempt(Failure.rateLimited(Duration.ofMinutes(3)).afterEdits());
        run.park();

        run.passes(Duration.ofMinutes(10)).moves("there").takenUp();

        assertThat(run.events(StateEvent.WorkspaceMoved.class))
                .singleElement()
                .satisfies(moved -> assertThat(moved.lostIteration()).isEqualTo(2));
        assertThat(run.restore().prompt("Make it so")).doesNotContain("were lost");
        run.moves("elsewhere").takenUp();
        assertThat(run.events(StateEvent.WorkspaceMoved.class).get(1).lostIteration())
                .as("they are lost once")
                .isZero();
    }

    @Test
    void editsThatAreRolledBackInPlaceAreNotLostLater() {
        SimulatedRun careful = SimulatedRun.begunInPlace(
                "here", spec("a").onInterrupted(OnInterrupted.ROLLBACK).build());
        careful.checkpoint().attempt(Failure.rateLimited(Duration.ofMinutes(3)).afterEdits());
        careful.sleep();
        careful.launch().dies();

        careful.restore().moves("there").takenUp();

        assertThat(careful.events(StateEvent.WorkspaceMoved.class))
                .singleElement()
                .satisfies(moved -> assertThat(moved.lostIteration()).isZero());
    }

    @Test
    void aClaimWhoseEditsAreLostCompletesNothing() {
        run.checkpoint().iterate(Reply.claims("done")).checkpointFails().park();
        run.passes(Duration.ofMinutes(10)).moves("there").takenUp();

        assertThat(run.restore().next(Decision.Invoke.class).iteration()).isEqualTo(2);
    }

    @Test
    void norIsItVerified() {
        SimulatedRun gated =
                SimulatedRun.begunInPlace("here", spec("a").gate(gate("build")).build());
        gated.checkpoint().iterate(Reply.claims("done")).checkpointFails().park();
        gated.passes(Duration.ofMinutes(10)).moves("there").takenUp();

        assertThat(gated.restore().next(Decision.Invoke.class).iteration()).isEqualTo(2);
    }

    @Test
    void aWorkspaceThatCannotBeReachedIsTriedAgainAfterAWait() {
        SimulatedRun away = SimulatedRun.submitted(spec("a").build());
        away.takenUpAway();

        Decision.Wait wait = away.park();
        assertThat(wait.detail()).isEqualTo("no route to host");
        away.passes(Duration.between(away.now(), wait.until())).takenUpAway();
        assertThat(away.park().until()).isEqualTo(away.now().plusSeconds(4));
        assertThat(away.events(StateEvent.RunWaiting.class)).hasSize(2);
    }

    @Test
    void aPauseNeedsNoWorkspaceThatCannotBeReached() {
        SimulatedRun away = SimulatedRun.submitted(spec("a").build());

        away.takenUpAway().tell(new Command.Pause());

        assertThat(away.park().until()).isNull();
    }

    @Test
    void aPauseNeedsNoneThatIsToBeRestoredEither() {
        run.checkpoint().launch().edits();
        run.moves("there").dies().tell(new Command.Pause());
        assertThat(run.next(Decision.Restore.class).number()).isZero();

        run.apply(new Outcome.WorkspaceAway(run.now(), "no route to host", 1));

        assertThat(run.park().until()).isNull();
        run.tell(new Command.Resume()).passes(Duration.ofMinutes(1)).takenUp();
        assertThat(run.next(Decision.Restore.class).number()).isZero();
    }

    @Test
    void norDoesAPauseWaitForAClaimThatCannotBeVerifiedNow() {
        SimulatedRun gated =
                SimulatedRun.begunInPlace("here", spec("a").gate(gate("build")).build());
        gated.checkpoint().iterate(Reply.claims("done")).checkpoint().tell(new Command.Pause());

        gated.apply(new Outcome.WorkspaceAway(gated.now(), "no route to host", 1));

        assertThat(gated.park().until()).isNull();
        assertThat(gated.idle()).isTrue();
    }

    @Test
    void anAttemptOnADeadNodeIsPaidForThoughTheWorkspaceCannotBeReached() {
        run.checkpoint().launch().takenUpAway();

        assertThat(run.settled()).hasSize(1);
        run.sleep();
        assertThat(run.next(Decision.Invoke.class).attempt()).isEqualTo(2);
    }

    @Test
    void aDirectoryThatWasInUseIsCheckpointedOnceItIsHeld() {
        SimulatedRun directory = SimulatedRun.begunOnGit(spec("a").build());
        directory.apply(new Outcome.WorkspaceAway(directory.now(), "in use by another run", 1));
        Decision.Wait wait = directory.park();
        directory.passes(Duration.between(directory.now(), wait.until()));

        directory.takenUp();

        assertThat(directory.next(Decision.Checkpoint.class)).isEqualTo(new Decision.Checkpoint(0, 0));
        assertThat(directory.state().whereabouts().failures()).isZero();
    }

    @Test
    void aRunThatIsTakenUpWithoutItsWorkspaceFindsOutLaterThatItMoved() {
        run.checkpoint().launch().edits();
        run.apply(new Outcome.TakenUp(
                run.now(), "node-2", null, run.now(), 1, List.of(), "", false, null, Metered.NOTHING));

        run.apply(new Outcome.WorkspaceReached(run.now(), true, "there"));

        assertThat(run.next(Decision.Restore.class).commit()).isEqualTo("commit-0");
    }
}
