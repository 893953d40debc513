/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.LeaseLostException;
import dev.ralph.RunId;
import dev.ralph.spi.Lease;
import dev.ralph.store.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lease of an hour: nothing happens by itself within a test, as in a JVM whose threads have not come to run yet. */
class LeaseKeeperTest {

    private static final Duration TTL = Duration.ofHours(1);
    private static final Duration MARGIN = Duration.ofMinutes(1);

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
    void aLeaseThatIsNotKeptIsNotHeld() {
        keeper.keep(lease, nanos.get(), () -> {});
        keeper.drop(lease);

        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> keeper.requireHeld(lease));
    }
}
