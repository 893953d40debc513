/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import static dev.ralph.internal.machine.SampleSpecs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.CheckpointRecord;
import dev.ralph.FailureClass;
import dev.ralph.Reservation;
import dev.ralph.StopReason;
import dev.ralph.spi.Command;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that comes too late changes a run that has ended. */
class EndedRunTest {

    private static final Instant LATE = SimulatedRun.START.plusSeconds(3600);

    static Stream<Outcome> everyOutcome() {
        Decision.Invoke stale = SimulatedRun.begun(spec("a").build()).next(Decision.Invoke.class);
        return Stream.of(
                new Outcome.TakenUp(LATE, "node-2", null, null, 0, List.of(), "", true, "elsewhere", Metered.NOTHING),
                new Outcome.AttemptStarted(LATE, stale, "tree"),
                new Outcome.BudgetRefused(LATE, fullBudget(), 1),
                new Outcome.AttemptFinished(
                        LATE, true, "done", false, OutputSketch.of("done"), "tree", Metered.NOTHING, null),
                new Outcome.AttemptFailed(LATE, FailureClass.CRASHED, "", null, "tree", Metered.NOTHING, 1, null),
                new Outcome.AttemptInterrupted(LATE, Outcome.Interruption.SHUTDOWN, "tree", Metered.NOTHING, null),
                new Outcome.Verified(LATE, List.of()),
                new Outcome.Checkpointed(LATE, new CheckpointRecord(9, 9, "ref", "commit", LATE), List.of(), 0),
                new Outcome.CheckpointFailed(LATE, "no space left on device", 0.5),
                new Outcome.WorkspaceReached(LATE, true, "elsewhere"),
                new Outcome.WorkspaceAway(LATE, "no route to host", 0.5),
                new Outcome.Restored(LATE, 0),
                new Outcome.WaitBegan(LATE, new Decision.Wait(LATE.plus(Duration.ofHours(1)), "why")),
                new Outcome.HandedBack(LATE, "node-1"),
                new Outcome.Broken(LATE, StopReason.INTERNAL_ERROR, "a bug", Metered.NOTHING, null),
                new Outcome.Finished(LATE, Ending.of(StopReason.CANCELLED, null)),
                new Outcome.Commanded(LATE, 1, new Command.Cancel()),
                new Outcome.Commanded(LATE, 1, new Command.Pause()),
                new Outcome.Commanded(LATE, 1, new Command.Resume()),
                new Outcome.Commanded(LATE, 1, new Command.Guide("go on")));
    }

    @ParameterizedTest
    @MethodSource("everyOutcome")
    void whateverComesAfterTheEndChangesNothingAndWritesNothing(Outcome late) {
        SimulatedRun run = SimulatedRun.begun(spec("a").build()).iterate(Reply.claims("done"));
        Ending ending = run.finish();
        LoopState ended = run.state();
        int events = run.events().size();

        run.apply(late);

        assertThat(run.state()).isEqualTo(ended);
        assertThat(run.events()).hasSize(events);
        assertThat(run.settled()).hasSize(1);
        assertThat(run.budgetChanges()).isEmpty();
        assertThat(run.ending()).isEqualTo(ending);
        assertThat(run.idle()).isFalse();
    }

    private static BudgetStatus fullBudget() {
        return new BudgetStatus(new BudgetLimit("team", 1L, null), 1, BigDecimal.ZERO, Reservation.NONE);
    }
}
