/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.LeaseLostException;
import dev.ralph.RunId;
import dev.ralph.RunStateException;
import dev.ralph.RunStatus;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.Lease;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.Step;
import dev.ralph.spi.StoredRun;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who lost a run cannot write to it, and nobody writes to a run that has ended. */
interface FencingRules extends StoreRules {

    @Test
    default void aStepUnderAnotherTokenIsRefused() {
        OwnedRun run = bench().createOwned();
        Lease forged = new Lease(
                run.id(), run.lease().owner(), UUID.randomUUID(), run.lease().epoch());

        assertRefused(run, forged);
    }

    @Test
    default void aStepOfTheOwnerBeforeIsRefused() {
        OwnedRun dead = bench().createOwned();
        bench().letLapse(dead.lease());
        OwnedRun owner = bench().claimElsewhere(dead.id());

        assertRefused(dead, dead.lease());

        owner.step().committed();
    }

    @Test
    default void aStepAfterTheLeaseRanOutIsRefusedEvenIfNobodyTookTheRun() {
        OwnedRun run = bench().createOwned();
        bench().letLapse(run.lease());

        assertRefused(run, run.lease());
    }

    @Test
    default void aStepAfterTheLeaseWasGivenBackIsRefused() {
        OwnedRun run = bench().createOwned();
        bench().store().release(run.lease());

        assertRefused(run, run.lease());
    }

    @Test
    default void aStepAfterAStepThatGaveTheLeaseBackIsRefused() {
        OwnedRun run = bench().createOwned();
        run.step().status(RunStatus.PAUSED).releasing().committed();

        assertRefused(run, run.lease());
    }

    @Test
    default void aStepOfARunThatNeverWasIsRefused() {
        OwnedRun run = bench().createOwned();
        Lease stray = new Lease(RunId.create(Samples.NOW), "node-1", run.lease().token(), 1);
        Step step = run.step().build();

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> bench().store().commit(stray, step));
    }

    @Test
    default void aLeaseIsGoodForItsOwnRunOnly() {
        OwnedRun mine = bench().createOwned();
        OwnedRun yours = bench().createOwned();
        Lease crossed = new Lease(yours.id(), "node-1", mine.lease().token(), 1);

        assertRefused(yours, crossed);
    }

    @Test
    default void whatDecidesIsTheTokenAlone() {
        OwnedRun run = bench().createOwned();
        Lease sameToken = new Lease(run.id(), "renamed-node", run.lease().token(), 99);

        new OwnedRun(run.store(), sameToken).step().committed();

        assertThat(run.version()).isEqualTo(1);
    }

    @Test
    default void anEndedRunTakesNothingMore() {
        OwnedRun ended = bench().createEnded();
        StoredRun before = ended.row();

        assertRefused(ended, ended.lease());
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> bench().store().reportUsage(ended.lease(), 1, 1, UsageRules.report(1, "1")));
        assertThatExceptionOfType(RunStateException.class)
                .isThrownBy(() -> bench().store().append(ended.id(), UUID.randomUUID(), new Command.Resume()));
        assertThat(bench().store().claim(ended.id(), "node-1", StoreBench.LONG, Set.of(Samples.STATE_VERSION)))
                .isInstanceOf(Claim.Over.class);
        assertThat(bench().store().renew(List.of(ended.lease()), StoreBench.LONG))
                .isEmpty();
        bench().store().release(ended.lease());
        assertThat(ended.row()).isEqualTo(before);
        assertThat(bench().store().commands(ended.id(), 0)).isEmpty();
    }

    private void assertRefused(OwnedRun run, Lease lease) {
        SpareBudget budget = bench().spareBudget(100, "100");
        StoredRun before = run.row();
        int events = run.store().events(run.id(), 0, 100).size();
        Step step = run.step()
                .state(Samples.payload("from a node that lost the run"))
                .with(new RecordChange.StartAttempt(Samples.started(9, 1)))
                .with(new RecordChange.AddIteration(Samples.iteration(9)))
                .with(new RecordChange.AddGate(Samples.gate(9, "tests", true)))
                .with(new RecordChange.AddCheckpoint(Samples.checkpoint(9)))
                .events(2)
                .reserving(budget, 10, "1")
                .build();

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> bench().store().commit(lease, step));

        assertThat(run.row()).isEqualTo(before);
        assertThat(run.store().events(run.id(), 0, 100)).hasSize(events);
        assertThat(run.store().attempts(run.id(), 9)).isEmpty();
        assertThat(run.store().iterations(run.id(), 8, 10)).isEmpty();
        assertThat(run.store().gates(run.id())).isEmpty();
        assertThat(run.store().checkpoints(run.id())).isEmpty();
        budget.assertReserved(0);
    }
}
