/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ralph.RunId;
import dev.ralph.StopReason;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** The store under test, as two nodes see it, and what the rules do with it again and again. */
final class StoreBench {

    /** Longer than any test takes. */
    static final Duration LONG = Duration.ofHours(1);

    /** How many threads race at a time. */
    static final int RACERS = 4;

    private final Store store;
    private final Store other;
    private final Consumer<Instant> waitUntilPast;
    private final boolean sharesBudgets;
    private final int rounds;

    StoreBench(Store store, Store other, Consumer<Instant> waitUntilPast, boolean sharesBudgets, int rounds) {
        this.store = store;
        this.other = other;
        this.waitUntilPast = waitUntilPast;
        this.sharesBudgets = sharesBudgets;
        this.rounds = rounds;
    }

    /** How often a race is run. */
    int rounds() {
        return rounds;
    }

    /** A budget of its own for a step to draw from beside what else it does; none in a store that shares none. */
    SpareBudget spareBudget(long maxTokens, String maxCost) {
        return new SpareBudget(
                this, sharesBudgets ? Optional.of(BudgetRules.define(this, maxTokens, maxCost)) : Optional.empty());
    }

    Store store() {
        return store;
    }

    /** The same data as another node sees it. */
    Store other() {
        return other;
    }

    /** One of the two, so that threads with different numbers come from different nodes. */
    Store node(int number) {
        return number % 2 == 0 ? store : other;
    }

    RunId create() {
        return create(Samples.newRun());
    }

    RunId create(NewRun run) {
        assertThat(store.create(run).created()).isTrue();
        return run.id();
    }

    /** A new run, held by this node. */
    OwnedRun createOwned() {
        return claim(create());
    }

    OwnedRun claim(RunId run) {
        return claim(store, run, "node-1");
    }

    /** The other node takes a run that nobody holds. */
    OwnedRun claimElsewhere(RunId run) {
        return claim(other, run, "node-2");
    }

    /** A new run that has ended. */
    OwnedRun createEnded() {
        OwnedRun run = createOwned();
        run.step().ending(StopReason.CANCELLED).releasing().committed();
        return run;
    }

    StoredRun row(RunId run) {
        return store.find(run).orElseThrow(() -> new AssertionError("run " + run + " is gone"));
    }

    /** Returns once the lease has run out, with nobody else having taken the run. */
    void letLapse(Lease lease) {
        assertThat(store.renew(Set.of(lease), Duration.ofMillis(1)))
                .as("a lease that is cut short")
                .containsExactly(lease);
        waitUntilPast.accept(new OwnedRun(store, lease).leaseEnd());
    }

    void waitUntilPast(Instant time) {
        waitUntilPast.accept(time);
    }

    void watchClockUntilPast(Instant time) {
        RunId probe = create();
        Awaitility.await("the store's clock passes " + time)
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> storeTime(probe).isAfter(time));
    }

    /** The store's clock. */
    Instant time() {
        return storeTime(create());
    }

    void close() {
        other.close();
        store.close();
    }

    private Instant storeTime(RunId probe) {
        if (store.claim(probe, "clock", LONG, Set.of(Samples.STATE_VERSION)) instanceof Claim.Granted granted) {
            store.release(granted.lease());
            return granted.at();
        }
        return fail("a run that was released was not granted");
    }

    private static OwnedRun claim(Store store, RunId run, String node) {
        Claim claim = store.claim(run, node, LONG, Set.of(Samples.STATE_VERSION));
        if (claim instanceof Claim.Granted granted) {
            return new OwnedRun(store, granted.lease());
        }
        throw new AssertionError("run " + run + " was not granted to " + node + " but answered " + claim);
    }

    static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }
}
