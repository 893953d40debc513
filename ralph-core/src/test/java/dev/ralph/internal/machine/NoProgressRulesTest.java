/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.gate;
import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.FailureClass;
import dev.ralph.ProgressPolicy;
import dev.ralph.RetryPolicy;
import dev.ralph.StopReason;
import dev.ralph.spi.Command;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a run that gets nowhere is ended, and when it is not. */
class NoProgressRulesTest {

    private static final Reply SAME = Reply.says("42 tests passed, committed.");

    private final SimulatedRun run =
            SimulatedRun.begun(spec("a").progress(new ProgressPolicy(3, 0.9, 5)).build());

    @Test
    void identicalOutputsThatChangeTheWorkspaceAreNoLoop() {
        for (int i = 0; i < 50; i++) {
            run.iterate(SAME);
        }

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(51);
    }

    @Test
    void identicalOutputsOverAnUnchangedWorkspaceAreALoopOnceTheWindowIsFull() {
        run.iterate(SAME.withoutEdit(), SAME.withoutEdit());
        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(3);

        run.iterate(SAME.withoutEdit());

        assertThat(run.ending().reason()).isEqualTo(StopReason.LOOP_DETECTED);
        assertThat(run.ending().detail()).contains("3 iterations");
    }

    @Test
    void nearlyIdenticalOutputsCountAsIdentical() {
        String report = "The build still fails in ParserTest because the grammar is ambiguous. ".repeat(20);

        run.iterate(
                Reply.says(report + "Took 13 s.").withoutEdit(),
                Reply.says(report + "Took 17 s.").withoutEdit(),
                Reply.says(report + "Took 14 s.").withoutEdit());

        assertThat(run.ending().reason()).isEqualTo(StopReason.LOOP_DETECTED);
    }

    @Test
    void aChangeStartsTheWindowAgain() {
        run.iterate(SAME.withoutEdit(), SAME.withoutEdit(), SAME, SAME.withoutEdit(), SAME.withoutEdit());

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(6);
    }

    @Test
    void anotherOutputStartsTheWindowAgain() {
        run.iterate(
                SAME.withoutEdit(),
                SAME.withoutEdit(),
                Reply.says("Reading the specification of the file format.").withoutEdit(),
                SAME.withoutEdit());

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(5);
    }

    @Test
    void iterationsWithoutChangeOrClaimStallWhateverTheySay() {
        for (String topic : new String[] {"the parser", "a linter", "release notes", "threads"}) {
            run.iterate(Reply.says("I have been thinking about " + topic).withoutEdit());
        }
        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(5);

        run.iterate(Reply.says("Still nothing to show.").withoutEdit());

        assertThat(run.ending().reason()).isEqualTo(StopReason.STALLED);
    }

    @Test
    void aClaimIsProgressTowardsStalling() {
        SimulatedRun gated = SimulatedRun.begun(spec("a")
                .gate(gate("build"))
                .progress(new ProgressPolicy(0, 0.9, 2))
                .build());
        gated.iterate(Reply.says("Looking.").withoutEdit());
        gated.iterate(Reply.claims("done").withoutEdit()).firstGateRejects("no");

        gated.iterate(Reply.says("Hm.").withoutEdit());

        assertThat(gated.next(Decision.Invoke.class).iteration()).isEqualTo(4);
    }

    @Test
    void theSameRejectedClaimAgainAndAgainIsALoop() {
        SimulatedRun gated = SimulatedRun.begun(spec("a")
                .gate(gate("build"))
                .progress(new ProgressPolicy(3, 0.9, 0))
                .build());
        for (int i = 0; i < 3; i++) {
            gated.iterate(Reply.claims("Everything is done.").withoutEdit()).firstGateRejects("no");
        }

        assertThat(gated.ending().reason()).isEqualTo(StopReason.LOOP_DETECTED);
    }

    @Test
    void guidanceStartsBothRulesAgain() {
        run.iterate(SAME.withoutEdit(), SAME.withoutEdit());

        run.tell(new Command.Guide("Try the other branch."));
        run.iterate(SAME.withoutEdit(), SAME.withoutEdit());

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(5);
        assertThat(run.state().progress().unchanged()).isEqualTo(2);
    }

    @Test
    void aFailedIterationThatChangedTheWorkspaceIsProgress() {
        for (int i = 0; i < 4; i++) {
            run.iterate(
                    Reply.says("Looked at file " + "xyzw".charAt(i) + i * 7919).withoutEdit());
        }
        run.attempt(Failure.of(FailureClass.TIMEOUT).afterEdits()).sleep();

        run.iterate(Reply.says("Checked what the time-out left.").withoutEdit());

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(7);
    }

    @Test
    void failuresAreCountedAsFailuresOnly() {
        SimulatedRun failing = SimulatedRun.begun(spec("a")
                .progress(new ProgressPolicy(2, 0.9, 2))
                .retry(RetryPolicy.DEFAULT.withMaxConsecutiveFailures(4))
                .build());
        for (int i = 0; i < 3; i++) {
            failing.attempt(Failure.of(FailureClass.TIMEOUT)).sleep();
        }

        assertThat(failing.next(Decision.Invoke.class).iteration()).isEqualTo(4);
    }

    @Test
    void aChangeByAnEarlierAttemptOfTheIterationCounts() {
        run.iterate(SAME.withoutEdit(), SAME.withoutEdit());
        run.attempt(Failure.rateLimited(Duration.ofSeconds(5)).afterEdits()).sleep();

        run.iterate(SAME.withoutEdit());

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(4);
        assertThat(run.iterations())
                .last()
                .satisfies(i -> assertThat(i.workspaceChanged()).isTrue());
    }

    @Test
    void aChangeThatALaterAttemptOfTheIterationTookBackDoesNotCount() {
        run.attempt(Failure.rateLimited(Duration.ofSeconds(5)).afterEdits()).sleep();
        run.launch().reverts().settle(SAME.withoutEdit());

        assertThat(run.iterations())
                .singleElement()
                .satisfies(i -> assertThat(i.workspaceChanged()).isFalse());
    }

    @Test
    void aWorkspaceThatCannotBeComparedIsTakenAsChanged() {
        for (int i = 0; i < 10; i++) {
            run.apply(new Outcome.AttemptStarted(run.now(), run.next(Decision.Invoke.class), null));
            run.apply(new Outcome.AttemptFinished(
                    run.now(), false, "", false, OutputSketch.of("same"), null, Metered.NOTHING, null));
        }

        assertThat(run.next(Decision.Invoke.class).iteration()).isEqualTo(11);
    }

    @Test
    void rulesThatAreOffNeverApply() {
        SimulatedRun free = SimulatedRun.begun(spec("a").build());
        for (int i = 0; i < 99; i++) {
            free.iterate(SAME.withoutEdit());
        }

        assertThat(free.next(Decision.Invoke.class).iteration()).isEqualTo(100);
    }

    @Test
    void whatTheRulesCountedSurvivesAChangeOfOwner() {
        run.iterate(SAME.withoutEdit(), SAME.withoutEdit()).handBack().takenUp();

        run.iterate(SAME.withoutEdit());

        assertThat(run.ending().reason()).isEqualTo(StopReason.LOOP_DETECTED);
    }
}
