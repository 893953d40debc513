/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.LeaseLostException;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;

/** What {@link JdbcStore#shortenLeases} does, on any database. */
final class ShorterLeases {

    private static final Duration TTL = Duration.ofMinutes(10);

    /** Longer than three calls of the store take. */
    private static final Duration LEFT = Duration.ofSeconds(5);

    private ShorterLeases() {}

    static void assertShortened(JdbcStore store) {
        Lease dead = claim(store, "dead");
        Lease alive = claim(store, "alive");
        Instant before = end(store, alive);

        assertThat(store.shortenLeases("dead", LEFT)).isEqualTo(1);
        assertThat(store.shortenLeases("dead", TTL)).as("never longer").isZero();

        assertThat(store.claim(dead.run(), "next", TTL, Set.of(TestRun.STATE_VERSION)))
                .as("not at once: the agent may still be dying")
                .isInstanceOf(Claim.Held.class);
        Awaitility.await("the next owner")
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        store.claim(dead.run(), "next", TTL, Set.of(TestRun.STATE_VERSION)) instanceof Claim.Granted);
        assertThat(store.renew(List.of(dead, alive), TTL)).containsExactly(alive);
        assertThat(end(store, alive)).isAfterOrEqualTo(before);
        TestRun late = TestRun.of(store, dead);
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> store.commit(dead, late.step(List.of(), List.of(), null)));
    }

    private static Lease claim(JdbcStore store, String node) {
        Claim claim = store.claim(
                store.create(TestRun.submitted(Instant.now())).run().snapshot().id(),
                node,
                TTL,
                Set.of(TestRun.STATE_VERSION));
        return ((Claim.Granted) claim).lease();
    }

    private static Instant end(JdbcStore store, Lease lease) {
        return Objects.requireNonNull(store.find(lease.run()).orElseThrow().leaseUntil(), "leaseUntil");
    }
}
