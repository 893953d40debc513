/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.limits;
import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.OnInterrupted;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Command;
import org.junit.jupiter.api.Test;

/** What happens to half-done edits of an attempt that was cut off. */
class RollbackTest {

    private final SimulatedRun run = SimulatedRun.begunOnGit(
            spec("a").onInterrupted(OnInterrupted.ROLLBACK).build());

    @Test
    void afterATakeoverTheLastCheckpointIsRestoredBeforeAnythingElse() {
        run.checkpoint().iterate(Reply.says("1")).checkpoint().launch().dies();

        assertThat(run.next(Decision.Restore.class)).isEqualTo(new Decision.Restore(1, "commit-1"));
        assertThat(run.restore().next(Decision.Invoke.class).iteration()).isEqualTo(2);
        assertThat(run.events(StateEvent.WorkspaceRestored.class)).hasSize(1);
    }

    @Test
    void afterAShutdownTheNextOwnerRestores() {
        run.checkpoint().launch().cutOff(Outcome.Interruption.SHUTDOWN, Metered.NOTHING);
        run.handBack().takenUp();

        assertThat(run.next(Decision.Restore.class).commit()).isEqualTo("commit-0");
        assertThat(run.restore().next(Decision.Invoke.class).attempt()).isEqualTo(2);
    }

    @Test
    void aRestoreThatItsNodeDidNotSurviveIsRepeated() {
        run.checkpoint().launch().dies();
        run.dies();

        assertThat(run.next(Decision.Restore.class).commit()).isEqualTo("commit-0");
    }

    @Test
    void halfDoneEditsAreUndoneBeforeAPauseTakesEffect() {
        run.checkpoint().launch().tell(new Command.Pause()).dies();

        assertThat(run.restore().park().until()).isNull();
    }

    @Test
    void whatPeopleEditedDuringAPauseIsCheckpointedBeforeItCouldBeRolledBackOver() {
        run.checkpoint().tell(new Command.Pause()).park();
        run.tell(new Command.Resume()).takenUp();

        assertThat(run.next(Decision.Checkpoint.class)).isEqualTo(new Decision.Checkpoint(1, 0));
        run.checkpoint().launch().dies();
        assertThat(run.next(Decision.Restore.class)).isEqualTo(new Decision.Restore(1, "commit-1"));
    }

    @Test
    void withContinueHalfDoneEditsStay() {
        SimulatedRun lenient = SimulatedRun.begunOnGit(spec("a").build());

        lenient.checkpoint().launch().dies();

        assertThat(lenient.next(Decision.Invoke.class).attempt()).isEqualTo(2);
    }

    @Test
    void withoutACheckpointThereIsNothingToRestore() {
        run.checkpointFails().launch().dies();

        assertThat(run.next(Decision.Invoke.class).attempt()).isEqualTo(2);
    }

    @Test
    void aTakeoverBetweenAttemptsRestoresNothing() {
        run.checkpoint().iterate(Reply.says("1")).dies();

        assertThat(run.next(Decision.Checkpoint.class)).isEqualTo(new Decision.Checkpoint(1, 1));
    }

    @Test
    void aRunThatEndsIsNotRestored() {
        run.checkpoint().launch().tell(new Command.Cancel()).dies();

        assertThat(run.checkpoint().ending().reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void aRecordedIterationThatChangedNothingDoesNotPreventTheRestore() {
        run.checkpoint().iterate(Reply.says("1").withoutEdit()).launch().dies();

        assertThat(run.next(Decision.Restore.class).commit()).isEqualTo("commit-0");
    }

    @Test
    void aRecordedIterationThatCouldNotBeCheckpointedIsNeverUndone() {
        run.checkpoint().iterate(Reply.says("1")).checkpointFails().launch().dies();

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);
    }

    @Test
    void norIsItUndoneAfterAShutdown() {
        run.checkpoint().iterate(Reply.says("1")).checkpointFails().launch();
        run.cutOff(Outcome.Interruption.SHUTDOWN, Metered.NOTHING).handBack().takenUp();

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(2);
    }

    @Test
    void editsThatWereUndoneAreNoChangeOfTheIteration() {
        run.checkpoint().launch().edits().cutOff(Outcome.Interruption.SHUTDOWN, Metered.NOTHING);
        run.handBack().takenUp().restore();

        run.iterate(Reply.says("nothing to do").withoutEdit());

        assertThat(run.iterations())
                .singleElement()
                .satisfies(i -> assertThat(i.workspaceChanged()).isFalse());
    }

    @Test
    void editsOfADeadNodeThatStayAreAChangeOfTheIteration() {
        SimulatedRun lenient =
                SimulatedRun.begunOnGit(spec("a").limits(limits().build()).build());
        lenient.checkpoint().launch().edits().dies();

        lenient.iterate(Reply.says("it was done already").withoutEdit());

        assertThat(lenient.iterations())
                .singleElement()
                .satisfies(i -> assertThat(i.workspaceChanged()).isTrue());
    }
}
