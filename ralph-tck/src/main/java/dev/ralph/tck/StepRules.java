/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.LeaseLostException;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.StoreException;
import dev.ralph.Verification;
import dev.ralph.spi.Command;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.StoredRun;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a step writes to the run's row, and how a step whose answer was lost is recognised. */
interface StepRules extends StoreRules {

    @Test
    default void aStepSetsTheRunsColumnsAndState() {
        OwnedRun run = bench().createOwned();
        StoredRun before = run.row();
        StepDraft draft = run.step()
                .state(Samples.payload("further on"))
                .waitingUntil(Samples.NOW.plusSeconds(90))
                .detail("agent-a asks to come back in 90 s")
                .progress(Samples.progress())
                .events(2);
        Step step = draft.build();

        assertThat(draft.commit()).isEqualTo(new StepResult.Committed(1));

        StoredRun after = run.row();
        RunSnapshot row = after.snapshot();
        assertThat(after.state()).isEqualTo(step.state());
        assertThat(after.spec()).isEqualTo(before.spec());
        assertThat(after.lastEvent()).isEqualTo(3);
        assertThat(after.leaseUntil()).isEqualTo(before.leaseUntil());
        assertThat(row.version()).isEqualTo(1);
        assertThat(row.status()).isEqualTo(RunStatus.WAITING);
        assertThat(row.reason()).isNull();
        assertThat(row.detail()).isEqualTo("agent-a asks to come back in 90 s");
        assertThat(row.progress()).usingRecursiveComparison(Samples.SAME_VALUES).isEqualTo(Samples.progress());
        assertThat(row.updatedAt()).isEqualTo(step.run().at());
        assertThat(row.startedAt()).isEqualTo(step.run().startedAt());
        assertThat(row.completedAt()).isNull();
        assertThat(row.wakeAt()).isEqualTo(Samples.NOW.plusSeconds(90));
        assertThat(row.owner()).isEqualTo("node-1");
        assertThat(row.createdAt()).isEqualTo(before.snapshot().createdAt());
        assertThat(row.labels()).isEqualTo(before.snapshot().labels());
    }

    @Test
    default void aStepClearsTheColumnsItHasNoValueFor() {
        OwnedRun run = bench().createOwned();
        run.step().waitingUntil(Samples.NOW).detail("waits").committed();

        run.step().committed();

        assertThat(run.row().snapshot().wakeAt()).isNull();
        assertThat(run.row().snapshot().detail()).isNull();
    }

    @Test
    default void aStepThatEndsTheRunSaysWhyAndWhen() {
        OwnedRun run = bench().createOwned();

        run.step().ending(StopReason.COMPLETED).releasing().committed();

        RunSnapshot row = run.row().snapshot();
        assertThat(row.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(row.reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(row.verification()).isEqualTo(Verification.VERIFIED);
        assertThat(row.completedAt()).isEqualTo(Samples.NOW.plusSeconds(1));
    }

    @Test
    default void everyReasonToStopIsStored() {
        for (StopReason reason : StopReason.values()) {
            OwnedRun run = bench().createOwned();

            run.step().ending(reason).releasing().committed();

            assertThat(run.row().snapshot().reason()).isEqualTo(reason);
            assertThat(run.row().snapshot().status()).isEqualTo(reason.status());
        }
    }

    @Test
    default void aStepMayGiveTheLeaseBack() {
        OwnedRun run = bench().createOwned();

        run.step().status(RunStatus.QUEUED).releasing().committed();

        assertThat(run.row().snapshot().owner()).isNull();
        assertThat(run.row().leaseUntil()).isNull();
        assertThat(bench().claimElsewhere(run.id()).lease().epoch()).isEqualTo(2);
    }

    @Test
    default void aStepThatEndsTheRunGivesTheLeaseBackWhateverItSays() {
        OwnedRun run = bench().createOwned();

        run.step().ending(StopReason.STALLED).committed();

        assertThat(run.row().snapshot().owner()).isNull();
        assertThat(run.row().leaseUntil()).isNull();
    }

    @Test
    default void aRepeatedStepIsRecognisedAndWrittenOnce() {
        SpareBudget budget = bench().spareBudget(100, "100");
        OwnedRun run = bench().createOwned();
        bench().store().append(run.id(), UUID.randomUUID(), new Command.Pause());
        StepDraft step = run.step()
                .with(new RecordChange.StartAttempt(Samples.started(1, 1)))
                .with(new RecordChange.AddIteration(Samples.iteration(1)))
                .with(new RecordChange.AddGate(Samples.gate(1, "tests", true)))
                .events(3)
                .consuming(1)
                .reserving(budget, 10, "1");

        StepResult first = step.commit();
        StepResult second = step.commit();

        assertThat(first).isEqualTo(new StepResult.Committed(1));
        assertThat(second).isEqualTo(first);
        assertThat(run.version()).isEqualTo(1);
        assertThat(run.store().events(run.id(), 0, 100)).hasSize(4);
        assertThat(run.store().iterations(run.id(), 0, 100)).hasSize(1);
        assertThat(run.store().attempts(run.id(), 1)).hasSize(1);
        assertThat(run.store().gates(run.id())).hasSize(1);
        budget.assertReserved(10);
    }

    @Test
    default void aStepThatGaveTheLeaseBackIsRecognisedWhenRepeated() {
        OwnedRun parked = bench().createOwned();
        StepDraft parking = parked.step().status(RunStatus.PAUSED).events(1).releasing();
        OwnedRun ended = bench().createOwned();
        StepDraft ending = ended.step().ending(StopReason.COMPLETED).events(1).releasing();

        assertThat(parking.committed()).isEqualTo(1);
        assertThat(ending.committed()).isEqualTo(1);

        assertThat(parking.commit()).isEqualTo(new StepResult.Committed(1));
        assertThat(ending.commit()).isEqualTo(new StepResult.Committed(1));
        assertThat(ended.store().events(ended.id(), 0, 10)).hasSize(2);
    }

    @Test
    default void aStepIsRecognisedThoughTheLeaseRanOutSince() {
        OwnedRun run = bench().createOwned();
        StepDraft step = run.step().events(1);
        step.committed();
        bench().letLapse(run.lease());

        assertThat(step.commit()).isEqualTo(new StepResult.Committed(1));
        assertThat(run.store().events(run.id(), 0, 10)).hasSize(2);
    }

    @Test
    default void aStepRepeatedAfterSomebodyElseTookTheRunComesTooLate() {
        OwnedRun run = bench().createOwned();
        StepDraft parking = run.step().status(RunStatus.PAUSED).releasing();
        parking.committed();
        bench().claimElsewhere(run.id());

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(parking::commit);
        assertThat(run.version()).isEqualTo(1);
    }

    @Test
    default void onlyTheLastStepIsRecognised() {
        OwnedRun run = bench().createOwned();
        StepDraft first = run.step().events(1);
        first.committed();
        run.step().committed();

        assertThatExceptionOfType(StoreException.class).isThrownBy(first::commit);
        assertThat(run.version()).isEqualTo(2);
    }

    @Test
    default void aStepForAnotherVersionIsRefusedUnderTheRightToken() {
        SpareBudget budget = bench().spareBudget(100, "100");
        OwnedRun run = bench().createOwned();
        run.step().committed();
        run.step().committed();
        StoredRun before = run.row();

        for (long wrong : new long[] {0, 3, 100}) {
            assertThatExceptionOfType(StoreException.class)
                    .as("version %d", wrong)
                    .isThrownBy(run.step()
                            .expecting(wrong)
                            .events(1)
                            .with(new RecordChange.AddIteration(Samples.iteration(1)))
                            .reserving(budget, 1, "1")::commit);
        }
        assertThat(run.row()).isEqualTo(before);
        assertThat(run.store().iterations(run.id(), 0, 10)).isEmpty();
        assertThat(run.store().events(run.id(), 0, 10)).hasSize(1);
        budget.assertReserved(0);
    }

    @Test
    default void aNewOwnerGoesOnFromTheVersionItFound() {
        OwnedRun dead = bench().createOwned();
        dead.step().state(Samples.payload("half way")).committed();
        bench().letLapse(dead.lease());

        OwnedRun owner = bench().claimElsewhere(dead.id());

        assertThat(owner.row().state()).isEqualTo(Samples.payload("half way"));
        assertThat(owner.step().committed()).isEqualTo(2);
    }
}
