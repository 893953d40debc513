/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.FailureClass;
import dev.ralph.IterationRecord;
import dev.ralph.LeaseLostException;
import dev.ralph.StoreException;
import dev.ralph.spi.Lease;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.RecordChange.AddCheckpoint;
import dev.ralph.spi.RecordChange.AddGate;
import dev.ralph.spi.RecordChange.AddIteration;
import dev.ralph.spi.RecordChange.SettleAttempt;
import dev.ralph.spi.RecordChange.StartAttempt;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a step writes beside the run's row: each record once, or nothing of the step. */
interface RecordRules extends StoreRules {

    @Test
    default void everyKindOfRecordComesBackAsItWasWritten() {
        OwnedRun run = bench().createOwned();

        run.step()
                .with(new StartAttempt(Samples.started(1, 1)))
                .with(new AddIteration(Samples.iteration(1)))
                .with(new AddGate(Samples.gate(1, "tests", false)), new AddGate(Samples.gate(1, "lint", true)))
                .with(new AddCheckpoint(Samples.checkpoint(0)))
                .committed();

        assertSame(bench().other().attempts(run.id(), 1), List.of(Samples.started(1, 1)));
        assertThat(bench().other().iterations(run.id(), 0, 10)).containsExactly(Samples.iteration(1));
        assertThat(bench().other().gates(run.id()))
                .containsExactly(Samples.gate(1, "tests", false), Samples.gate(1, "lint", true));
        assertThat(bench().other().checkpoints(run.id())).containsExactly(Samples.checkpoint(0));
    }

    @Test
    default void aSettledAttemptShowsHowItEnded() {
        OwnedRun run = bench().createOwned();
        AttemptRecord failed =
                Samples.ended(1, 1, AttemptStatus.FAILED, FailureClass.RATE_LIMITED, "come back in 90 s");
        run.step().with(new StartAttempt(Samples.started(1, 1))).committed();

        run.step()
                .with(new SettleAttempt(failed), new StartAttempt(Samples.started(1, 2)))
                .committed();
        run.step().with(new SettleAttempt(Samples.ended(1, 2))).committed();

        assertSame(run.store().attempts(run.id(), 1), List.of(failed, Samples.ended(1, 2)));
    }

    @Test
    default void everyEndOfAnAttemptIsStored() {
        OwnedRun run = bench().createOwned();
        List<AttemptRecord> ends = new ArrayList<>();
        for (FailureClass failure : FailureClass.values()) {
            ends.add(Samples.ended(1, ends.size() + 1, AttemptStatus.FAILED, failure, "it failed"));
        }
        for (AttemptStatus status : List.of(AttemptStatus.INTERRUPTED, AttemptStatus.ABANDONED)) {
            ends.add(Samples.ended(1, ends.size() + 1, status, null, null));
        }

        for (AttemptRecord end : ends) {
            run.step().with(new StartAttempt(Samples.started(1, end.attempt()))).committed();
            run.step().with(new SettleAttempt(end)).committed();
        }

        assertSame(run.store().attempts(run.id(), 1), ends);
    }

    @Test
    default void theNewOwnerSettlesAnAttemptThatADeadNodeLeft() {
        SpareBudget budget = bench().spareBudget(10_000, "10");
        OwnedRun dead = bench().createOwned();
        dead.step()
                .with(new StartAttempt(Samples.started(1, 1)))
                .reserving(budget, 1_000, "0.25")
                .committed();
        bench().letLapse(dead.lease());
        OwnedRun owner = bench().claimElsewhere(dead.id());
        AttemptRecord abandoned = Samples.ended(1, 1, AttemptStatus.ABANDONED, null, "node-1 died");

        owner.step()
                .with(new SettleAttempt(abandoned))
                .settling(budget, 1_000, "0.25")
                .committed();

        assertSame(owner.store().attempts(owner.id(), 1), List.of(abandoned));
        budget.assertReserved(0);
        budget.assertConsumed(1_000);
    }

    @Test
    default void anIterationIsRecordedOnce() {
        OwnedRun run = bench().createOwned();
        run.step().with(new AddIteration(Samples.iteration(1, "the first"))).committed();

        assertDoesNotFit(run, new AddIteration(Samples.iteration(1, "the second")));

        assertThat(run.store().iterations(run.id(), 0, 10)).containsExactly(Samples.iteration(1, "the first"));
    }

    @Test
    default void anAttemptIsStartedOnce() {
        OwnedRun run = bench().createOwned();
        run.step().with(new StartAttempt(Samples.started(1, 1))).committed();
        run.step().with(new SettleAttempt(Samples.ended(1, 1))).committed();

        assertDoesNotFit(run, new StartAttempt(Samples.started(1, 1)));

        assertSame(run.store().attempts(run.id(), 1), List.of(Samples.ended(1, 1)));
    }

    @Test
    default void anAttemptIsSettledOnceAndOnlyIfItWasStarted() {
        OwnedRun run = bench().createOwned();
        assertDoesNotFit(run, new SettleAttempt(Samples.ended(1, 1)));
        run.step().with(new StartAttempt(Samples.started(1, 1))).committed();
        run.step().with(new SettleAttempt(Samples.ended(1, 1))).committed();

        assertDoesNotFit(
                run, new SettleAttempt(Samples.ended(1, 1, AttemptStatus.FAILED, FailureClass.CRASHED, "again")));

        assertSame(run.store().attempts(run.id(), 1), List.of(Samples.ended(1, 1)));
    }

    @Test
    default void aCheckpointNumberIsUsedOnce() {
        OwnedRun run = bench().createOwned();
        run.step().with(new AddCheckpoint(Samples.checkpoint(3))).committed();

        assertDoesNotFit(run, new AddCheckpoint(Samples.checkpoint(3)));

        assertThat(run.store().checkpoints(run.id())).hasSize(1);
    }

    @Test
    default void aRecordTwiceInOneStepDoesNotFit() {
        OwnedRun run = bench().createOwned();

        assertDoesNotFit(
                run, new AddIteration(Samples.iteration(1, "one")), new AddIteration(Samples.iteration(1, "two")));
        assertDoesNotFit(run, new AddCheckpoint(Samples.checkpoint(1)), new AddCheckpoint(Samples.checkpoint(1)));
        assertDoesNotFit(run, new StartAttempt(Samples.started(1, 1)), new StartAttempt(Samples.started(1, 1)));

        assertThat(run.store().iterations(run.id(), 0, 10)).isEmpty();
    }

    @Test
    default void iterationsArePaged() {
        OwnedRun run = bench().createOwned();
        for (int i = 1; i <= 7; i++) {
            run.step().with(new AddIteration(Samples.iteration(i))).committed();
        }

        assertThat(run.store().iterations(run.id(), 0, 3))
                .extracting(IterationRecord::iteration)
                .containsExactly(1, 2, 3);
        assertThat(run.store().iterations(run.id(), 3, 3))
                .extracting(IterationRecord::iteration)
                .containsExactly(4, 5, 6);
        assertThat(run.store().iterations(run.id(), 6, 3))
                .extracting(IterationRecord::iteration)
                .containsExactly(7);
        assertThat(run.store().iterations(run.id(), 7, 3)).isEmpty();
    }

    @Test
    default void attemptsCheckpointsAndGatesComeInOrder() {
        OwnedRun run = bench().createOwned();
        for (int attempt = 1; attempt <= 11; attempt++) {
            run.step().with(new StartAttempt(Samples.started(2, attempt))).committed();
        }
        run.step().with(new StartAttempt(Samples.started(12, 1))).committed();
        for (int number = 0; number <= 11; number++) {
            run.step().with(new AddCheckpoint(Samples.checkpoint(number))).committed();
        }
        run.step()
                .with(new AddGate(Samples.gate(2, "tests", false)), new AddGate(Samples.gate(2, "lint", true)))
                .committed();
        run.step().with(new AddGate(Samples.gate(11, "tests", true))).committed();
        run.step().with(new AddGate(Samples.gate(2, "tests", true))).committed();

        assertThat(run.store().attempts(run.id(), 2))
                .extracting(AttemptRecord::attempt)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(run.store().checkpoints(run.id()))
                .extracting(checkpoint -> checkpoint.number())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(run.store().gates(run.id()))
                .containsExactly(
                        Samples.gate(2, "tests", false),
                        Samples.gate(2, "lint", true),
                        Samples.gate(2, "tests", true),
                        Samples.gate(11, "tests", true));
    }

    @Test
    default void recordsBelongToTheirRun() {
        OwnedRun mine = bench().createOwned();
        OwnedRun yours = bench().createOwned();
        mine.step()
                .with(new StartAttempt(Samples.started(1, 1)), new AddIteration(Samples.iteration(1)))
                .with(new AddGate(Samples.gate(1, "tests", true)), new AddCheckpoint(Samples.checkpoint(1)))
                .committed();

        assertThat(yours.store().attempts(yours.id(), 1)).isEmpty();
        assertThat(yours.store().iterations(yours.id(), 0, 10)).isEmpty();
        assertThat(yours.store().gates(yours.id())).isEmpty();
        assertThat(yours.store().checkpoints(yours.id())).isEmpty();
        yours.step().with(new AddIteration(Samples.iteration(1, "mine too"))).committed();
        assertThat(mine.store().iterations(mine.id(), 0, 10)).containsExactly(Samples.iteration(1));
    }

    @Test
    default void manyWritersWithOldAndNewLeasesRecordAnIterationOnce() throws Exception {
        Together.repeat(10, 16, start -> {
            List<OwnedRun> lost = new ArrayList<>();
            OwnedRun owner = bench().createOwned();
            for (int i = 0; i < 3; i++) {
                lost.add(owner);
                bench().letLapse(owner.lease());
                owner = bench().claim(owner.id());
            }
            assertRecordedOnce(owner, lost, start);
        });
    }

    private void assertRecordedOnce(OwnedRun owner, List<OwnedRun> lost, Together.Start start) throws Exception {
        IterationRecord record = Samples.iteration(1, "by the owner");
        Step step = owner.step().with(new AddIteration(record)).events(1).build();
        Step late = owner.step()
                .with(new AddIteration(Samples.iteration(1, "by a node that lost the run")))
                .events(1)
                .build();

        List<Boolean> written = start.go(thread -> {
            boolean isOwner = thread % 4 == 0;
            Lease lease = isOwner ? owner.lease() : lost.get(thread % 4 - 1).lease();
            return isWritten(bench().node(thread / 4), lease, isOwner ? step : late);
        });

        for (int thread = 0; thread < written.size(); thread++) {
            assertThat(written.get(thread)).as("writer %d", thread).isEqualTo(thread % 4 == 0);
        }
        assertThat(owner.store().iterations(owner.id(), 0, 10)).containsExactly(record);
        assertThat(owner.store().events(owner.id(), 0, 10)).hasSize(2);
        assertThat(owner.version()).isEqualTo(1);
    }

    private static boolean isWritten(Store store, Lease lease, Step step) {
        try {
            return store.commit(lease, step).equals(new StepResult.Committed(1));
        } catch (LeaseLostException refused) {
            return false;
        }
    }

    private void assertDoesNotFit(OwnedRun run, RecordChange... changes) {
        SpareBudget budget = bench().spareBudget(100, "100");
        StoredRun before = run.row();
        int gates = run.store().gates(run.id()).size();
        int events = run.store().events(run.id(), 0, 100).size();
        StepDraft step = run.step()
                .state(Samples.payload("does not fit"))
                .events(1)
                .reserving(budget, 1, "1")
                .with(new AddGate(Samples.gate(1, "written before what does not fit", true)))
                .with(changes);

        assertThatExceptionOfType(StoreException.class).isThrownBy(step::commit);

        assertThat(run.row()).isEqualTo(before);
        assertThat(run.store().gates(run.id())).hasSize(gates);
        assertThat(run.store().events(run.id(), 0, 100)).hasSize(events);
        budget.assertReserved(0);
    }

    private static void assertSame(List<AttemptRecord> actual, List<AttemptRecord> expected) {
        assertThat(actual).usingRecursiveComparison(Samples.SAME_VALUES).isEqualTo(expected);
    }
}
