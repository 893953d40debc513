/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How leases are kept, lost and given back. */
interface RenewalRules extends StoreRules {

    @Test
    default void aRenewedLeaseHoldsPastItsFirstEnd() {
        RunId id = bench().create();
        Claim claim = bench().store().claim(id, "node-1", Duration.ofSeconds(3), Set.of(Samples.STATE_VERSION));
        assertThat(claim).isInstanceOf(Claim.Granted.class);
        OwnedRun run = new OwnedRun(bench().store(), ((Claim.Granted) claim).lease());
        Instant firstEnd = run.leaseEnd();

        assertThat(bench().store().renew(List.of(run.lease()), StoreBench.LONG)).containsExactly(run.lease());
        bench().waitUntilPast(firstEnd);

        assertThat(bench().other().claim(id, "node-2", StoreBench.LONG, Set.of(Samples.STATE_VERSION)))
                .isInstanceOf(Claim.Held.class);
        run.step().committed();
    }

    @Test
    default void renewingKeepsTokenEpochAndVersion() {
        OwnedRun run = bench().createOwned();
        run.step().committed();

        bench().store().renew(List.of(run.lease()), StoreBench.LONG.multipliedBy(2));

        assertThat(run.row().epoch()).isEqualTo(1);
        assertThat(run.version()).isEqualTo(1);
        run.step().committed();
    }

    @Test
    default void manyLeasesAreRenewedAtOnceAndLostOnesAreMissing() {
        List<Lease> kept = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            kept.add(bench().createOwned().lease());
        }
        OwnedRun taken = bench().createOwned();
        bench().letLapse(taken.lease());
        bench().claimElsewhere(taken.id());
        OwnedRun released = bench().createOwned();
        bench().store().release(released.lease());
        OwnedRun ended = bench().createEnded();
        Lease unknown = new Lease(RunId.create(Samples.NOW), "node-1", UUID.randomUUID(), 1);
        List<Lease> all = new ArrayList<>(kept);
        all.addAll(List.of(taken.lease(), released.lease(), ended.lease(), unknown));

        assertThat(bench().store().renew(all, StoreBench.LONG)).containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    default void aLeaseThatRanOutIsLostEvenIfNobodyTookTheRun() {
        OwnedRun run = bench().createOwned();
        bench().letLapse(run.lease());
        Instant until = run.leaseEnd();

        assertThat(bench().store().renew(List.of(run.lease()), StoreBench.LONG)).isEmpty();
        assertThat(bench().store().renew(List.of(run.lease()), StoreBench.LONG)).isEmpty();

        assertThat(run.row().leaseUntil()).isEqualTo(until);
        bench().claimElsewhere(run.id());
    }

    @Test
    default void aLeaseIsNotRenewedByAnotherToken() {
        OwnedRun run = bench().createOwned();
        Lease forged =
                new Lease(run.id(), "node-1", UUID.randomUUID(), run.lease().epoch());

        assertThat(bench().store().renew(List.of(forged), StoreBench.LONG)).isEmpty();
    }

    @Test
    default void renewingNothingAnswersNothing() {
        assertThat(bench().store().renew(List.of(), StoreBench.LONG)).isEmpty();
    }

    @Test
    default void aRenewalMustHaveADuration() {
        OwnedRun run = bench().createOwned();

        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> bench().store().renew(List.of(run.lease()), Duration.ZERO));
        run.step().committed();
    }

    @Test
    default void releasingClearsTheOwnerAndNothingElse() {
        OwnedRun run = bench().createOwned();
        run.step().progress(Samples.progress()).committed();

        bench().store().release(run.lease());

        assertThat(run.row().snapshot().owner()).isNull();
        assertThat(run.row().leaseUntil()).isNull();
        assertThat(run.version()).isEqualTo(1);
        assertThat(run.row().epoch()).isEqualTo(1);
    }

    @Test
    default void releasingALeaseThatAnotherNodeReplacedHarmsNobody() {
        OwnedRun dead = bench().createOwned();
        bench().letLapse(dead.lease());
        OwnedRun owner = bench().claimElsewhere(dead.id());

        bench().store().release(dead.lease());

        assertThat(owner.row().snapshot().owner()).isEqualTo("node-2");
        owner.step().committed();
    }

    @Test
    default void releasingALeaseThatRanOutDoesNotHideThatItDid() {
        OwnedRun dead = bench().createOwned();
        bench().letLapse(dead.lease());
        Instant until = dead.leaseEnd();

        bench().store().release(dead.lease());

        Claim claim = bench().other().claim(dead.id(), "node-2", StoreBench.LONG, Set.of(Samples.STATE_VERSION));
        assertThat(claim).isInstanceOf(Claim.Granted.class);
        assertThat(((Claim.Granted) claim).lapsed()).isEqualTo(until);
    }

    @Test
    default void releasingTwiceOrNothingHarmsNobody() {
        OwnedRun run = bench().createOwned();

        bench().store().release(run.lease());
        bench().store().release(run.lease());
        bench().store().release(new Lease(RunId.create(Samples.NOW), "node-1", UUID.randomUUID(), 1));

        bench().claimElsewhere(run.id());
    }
}
