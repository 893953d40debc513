/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.ralph.LeaseLostException;
import dev.ralph.RunId;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Payload;
import dev.ralph.spi.StoredEvent;
import dev.ralph.store.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lease of an hour: nothing happens by itself within a test, as in a JVM whose threads have not come to run yet. */
class LeaseKeeperTest {

    private static final Duration TTL = Duration.ofHours(1);
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final Payload PAYLOAD = new Payload(1, new byte[0]);

    private final AtomicLong nanos = new AtomicLong();
    private final InMemoryStore store = new InMemoryStore(InstantSource.system());
    private final LeaseKeeper keeper = new LeaseKeeper(store, TTL, MARGIN, nanos::get);
    private final Lease lease = new Lease(RunId.create(Instant.now()), "node-1", UUID.randomUUID(), 1);

    @AfterEach
    void close() {
        keeper.close();
        store.close();
    }

    @Test
    void aLeaseMayBeReliedOnUntilTheMarginBeforeItsEnd() {
        keeper.keep(lease, nanos.get(), () -> {});

        nanos.addAndGet(TTL.minus(MARGIN).toNanos());

        assertThatCode(() -> keeper.requireHeld(lease)).doesNotThrowAnyException();
    }

    /** Seen with SIGSTOP: an agent was launched beside that of the node that had taken the run over. */
    @Test
    void aJvmThatWasStoppedPastItsLeaseDoesNotRelyOnItAlthoughNothingHasLookedYet() {
        keeper.keep(lease, nanos.get(), () -> {});

        nanos.addAndGet(TTL.minus(MARGIN).toNanos() + 1);

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> keeper.requireHeld(lease))
                .withMessageContaining("node-1");
    }

    @Test
    void itTellsHowOldTheOldestLeaseIsAndFromWhenThatIsLate() {
        assertThat(keeper.standing())
                .isEqualTo(new LeaseKeeper.Standing(
                        0, Duration.ZERO, Duration.ofMinutes(37), Duration.ofMinutes(59), null));

        keeper.keep(lease, nanos.get(), () -> {});
        nanos.addAndGet(Duration.ofMinutes(10).toNanos());
        keeper.keep(new Lease(RunId.create(Instant.now()), "node-1", UUID.randomUUID(), 1), nanos.get(), () -> {});
        assertThat(keeper.standing().held()).isEqualTo(2);
        assertThat(keeper.standing().oldest()).isEqualTo(Duration.ofMinutes(10));

        keeper.drop(lease);
        assertThat(keeper.standing().held()).isEqualTo(1);
        assertThat(keeper.standing().oldest()).isZero();
    }

    @Test
    void aLeaseWhoseClaimTookLongIsRenewedAtOnce() {
        NewRun run = new NewRun(
                lease.run(),
                null,
                null,
                null,
                Map.of(),
                List.of(),
                PAYLOAD,
                PAYLOAD,
                new StoredEvent(1, "test.event", Instant.now(), PAYLOAD),
                Instant.now(),
                Duration.ZERO);
        store.create(run);
        Claim.Granted claim = (Claim.Granted) store.claim(lease.run(), "node-1", TTL, Set.of(1));
        nanos.set(TTL.dividedBy(2).toNanos());

        keeper.keep(claim.lease(), 0, () -> {});

        nanos.set(TTL.plusMinutes(1).toNanos());
        await().untilAsserted(() ->
                assertThatCode(() -> keeper.requireHeld(claim.lease())).doesNotThrowAnyException());
    }

    @Test
    void aLeaseThatIsNotKeptIsNotHeld() {
        keeper.keep(lease, nanos.get(), () -> {});
        keeper.drop(lease);

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> keeper.requireHeld(lease));
    }
}
