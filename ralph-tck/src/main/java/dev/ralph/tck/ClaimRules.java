/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may take a run, and what taking it changes. */
interface ClaimRules extends StoreRules {

    Set<Integer> KNOWN = Set.of(Samples.STATE_VERSION);

    @Test
    default void aClaimGivesALeaseAndChangesNothingElse() {
        RunId run = bench().create();
        StoredRun before = bench().row(run);

        Claim.Granted claim = granted(bench().store().claim(run, "node-1", Duration.ofMinutes(5), KNOWN));

        assertThat(claim.lease().run()).isEqualTo(run);
        assertThat(claim.lease().owner()).isEqualTo("node-1");
        assertThat(claim.lease().epoch()).isEqualTo(1);
        assertThat(claim.lapsed()).isNull();
        assertThat(claim.lapses()).isZero();
        assertThat(claim.run()).isEqualTo(bench().row(run));
        assertThat(claim.run().snapshot().owner()).isEqualTo("node-1");
        assertThat(claim.run().leaseUntil()).isEqualTo(claim.at().plus(Duration.ofMinutes(5)));
        assertThat(claim.run().epoch()).isEqualTo(1);
        assertThat(claim.run().snapshot().version()).isZero();
        assertThat(claim.run())
                .usingRecursiveComparison(Samples.SAME_VALUES)
                .ignoringFields("snapshot.owner", "epoch", "leaseUntil")
                .isEqualTo(before);
    }

    @Test
    default void aHeldRunIsGrantedToNobody() {
        OwnedRun run = bench().createOwned();
        Claim.Held held = new Claim.Held("node-1", run.leaseEnd());

        assertThat(bench().other().claim(run.id(), "node-2", StoreBench.LONG, KNOWN))
                .isEqualTo(held);
        assertThat(bench().store().claim(run.id(), "node-1", StoreBench.LONG, KNOWN))
                .as("not to its owner either")
                .isEqualTo(held);
        assertThat(run.row().epoch()).isEqualTo(1);
        run.step().committed();
    }

    @Test
    default void ofManyWhoClaimARunAtOnceOneGetsIt() throws Exception {
        Together.repeat(5, 16, start -> assertOneOwner(bench().create(), 1, start));
    }

    @Test
    default void whoeverClaimsARunAtOnceWithOthersGetsItOrNot() throws Exception {
        Together.repeat(bench().rounds(), StoreBench.RACERS, start -> assertOneOwner(bench().create(), 1, start));
    }

    @Test
    default void ofManyWhoClaimALapsedRunAtOnceOneGetsIt() throws Exception {
        Together.repeat(5, 16, start -> {
            OwnedRun dead = bench().createOwned();
            bench().letLapse(dead.lease());
            assertOneOwner(dead.id(), 2, start);
        });
    }

    @Test
    default void aReleasedRunIsGrantedUnderANewTokenAndTheNextEpoch() {
        OwnedRun first = bench().createOwned();
        bench().store().release(first.lease());

        Claim.Granted second = granted(bench().other().claim(first.id(), "node-2", StoreBench.LONG, KNOWN));

        assertThat(second.lease().token()).isNotEqualTo(first.lease().token());
        assertThat(second.lease().epoch()).isEqualTo(2);
        assertThat(second.lapsed()).as("nobody died").isNull();
    }

    @Test
    default void aClaimAfterALeaseRanOutSaysWhenItDid() {
        OwnedRun dead = bench().createOwned();
        bench().letLapse(dead.lease());
        Instant until = dead.leaseEnd();

        Claim.Granted takeover = granted(bench().other().claim(dead.id(), "node-2", StoreBench.LONG, KNOWN));

        assertThat(takeover.lapsed()).isEqualTo(until);
        assertThat(takeover.at()).isAfterOrEqualTo(until);
        assertThat(takeover.lease().epoch()).isEqualTo(2);
        assertThat(takeover.run().snapshot().owner()).isEqualTo("node-2");
    }

    @Test
    default void leasesThatRunOutInARowAreCountedUntilThereIsAStep() {
        OwnedRun first = bench().createOwned();
        bench().letLapse(first.lease());
        Claim.Granted second = granted(bench().other().claim(first.id(), "node-2", StoreBench.LONG, KNOWN));
        bench().letLapse(second.lease());
        Claim.Granted third = granted(bench().store().claim(first.id(), "node-1", StoreBench.LONG, KNOWN));

        assertThat(second.lapses()).isEqualTo(1);
        assertThat(third.lapses()).isEqualTo(2);
        OwnedRun owned = new OwnedRun(bench().store(), third.lease());
        owned.step().committed();
        bench().letLapse(third.lease());
        assertThat(granted(bench().other().claim(first.id(), "node-2", StoreBench.LONG, KNOWN))
                        .lapses())
                .as("after a step")
                .isEqualTo(1);
    }

    @Test
    default void aRunThatIsGivenBackIsNotCountedAsLapsed() {
        OwnedRun dead = bench().createOwned();
        bench().letLapse(dead.lease());
        OwnedRun second = bench().claimElsewhere(dead.id());
        bench().other().release(second.lease());

        Claim.Granted third = granted(bench().store().claim(dead.id(), "node-1", StoreBench.LONG, KNOWN));

        assertThat(third.lapses()).isZero();
    }

    @Test
    default void aTakeoverIsReportedOnce() {
        OwnedRun dead = bench().createOwned();
        bench().letLapse(dead.lease());
        OwnedRun second = bench().claimElsewhere(dead.id());
        bench().other().release(second.lease());

        Claim.Granted third = granted(bench().store().claim(dead.id(), "node-1", StoreBench.LONG, KNOWN));

        assertThat(third.lapsed()).isNull();
        assertThat(third.lease().epoch()).isEqualTo(3);
    }

    @Test
    default void aRunWhoseStateANodeCannotReadIsLeftForOthers() {
        RunId run = bench().create();

        Claim claim = bench().store().claim(run, "old-node", StoreBench.LONG, Set.of(1, 2));

        assertThat(claim).isEqualTo(new Claim.UnknownVersion(Samples.STATE_VERSION));
        assertThat(bench().row(run).epoch()).isZero();
        bench().claimElsewhere(run);
    }

    @Test
    default void aRunThatHasEndedIsGrantedToNobody() {
        OwnedRun ended = bench().createEnded();

        Claim claim = bench().other().claim(ended.id(), "node-2", StoreBench.LONG, KNOWN);

        assertThat(claim).isEqualTo(new Claim.Over(ended.row()));
        assertThat(ended.row().snapshot().reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    default void aDeadLetterThatIsRetriedIsGrantedAndGoesOn() {
        OwnedRun dead = bench().createOwned();
        dead.step().ending(StopReason.DEAD_LETTERED).releasing().committed();
        assertThat(bench().store().claim(dead.id(), "node-1", StoreBench.LONG, KNOWN))
                .isInstanceOf(Claim.Over.class);

        long number = bench().other().append(dead.id(), UUID.randomUUID(), new Command.Retry());
        OwnedRun again = bench().claim(dead.id());
        again.step().consuming(number).status(RunStatus.QUEUED).releasing().committed();

        assertThat(again.row().snapshot().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(again.row().snapshot().reason()).isNull();
        assertThat(again.row().snapshot().completedAt()).isNull();
        bench().claimElsewhere(dead.id());
    }

    @Test
    default void aDeadLetterIsNotGrantedForACommandThatCameTooLateForItsLastLook() {
        OwnedRun dead = bench().createOwned();
        bench().other().append(dead.id(), UUID.randomUUID(), new Command.Guide("too late"));
        dead.step().ending(StopReason.DEAD_LETTERED).releasing().committed();

        Claim claim = bench().store().claim(dead.id(), "node-1", StoreBench.LONG, KNOWN);

        assertThat(claim).isEqualTo(new Claim.Over(dead.row()));
        bench().other().append(dead.id(), UUID.randomUUID(), new Command.Retry());
        bench().claim(dead.id());
    }

    @Test
    default void aRunNobodyKnowsCannotBeClaimed() {
        Claim claim = bench().store().claim(RunId.create(Samples.NOW), "node-1", StoreBench.LONG, KNOWN);

        assertThat(claim).isEqualTo(new Claim.NotFound());
    }

    @Test
    default void aRunThatWaitsOrIsPausedCanBeClaimed() {
        OwnedRun waiting = bench().createOwned();
        waiting.step()
                .waitingUntil(Samples.NOW.plus(StoreBench.LONG))
                .releasing()
                .committed();
        OwnedRun paused = bench().createOwned();
        paused.step().status(RunStatus.PAUSED).releasing().committed();

        assertThat(bench().claimElsewhere(waiting.id()).row().snapshot().status())
                .isEqualTo(RunStatus.WAITING);
        assertThat(bench().claimElsewhere(paused.id()).row().snapshot().status())
                .isEqualTo(RunStatus.PAUSED);
    }

    @Test
    default void aLeaseMustHaveADuration() {
        RunId run = bench().create();

        for (Duration ttl : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> bench().store().claim(run, "node-1", ttl, KNOWN));
        }
        assertThat(bench().row(run).epoch()).isZero();
    }

    private void assertOneOwner(RunId run, long epoch, Together.Start start) throws Exception {
        List<Claim> claims =
                start.go(thread -> bench().node(thread).claim(run, "node-" + thread, StoreBench.LONG, KNOWN));

        assertThat(claims).filteredOn(Claim.Granted.class::isInstance).hasSize(1);
        assertThat(claims).filteredOn(Claim.Held.class::isInstance).hasSize(start.threads() - 1);
        assertThat(bench().row(run).epoch()).isEqualTo(epoch);
    }

    private static Claim.Granted granted(Claim claim) {
        assertThat(claim).isInstanceOf(Claim.Granted.class);
        return (Claim.Granted) claim;
    }
}
