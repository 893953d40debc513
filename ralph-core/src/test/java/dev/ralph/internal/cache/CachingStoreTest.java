/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.CostQuery;
import dev.ralph.RunId;
import dev.ralph.RunProgress;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.StoreUnavailableException;
import dev.ralph.Verification;
import dev.ralph.cache.MemoryCaches;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Payload;
import dev.ralph.spi.RunUpdate;
import dev.ralph.spi.Step;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredEvent;
import dev.ralph.store.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CachingStoreTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Payload PAYLOAD = new Payload(1, new byte[] {1});
    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicLong nanos = new AtomicLong();
    private final InMemoryStore memory = new InMemoryStore(() -> NOW);
    private ObservedStore inner = new ObservedStore(memory, false);
    private CachingStore store = open(inner);

    @BeforeEach
    void openStore() {
        store = open(inner);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void whatIsReadAgainIsNotReadFromTheStore() {
        RunId run = create("task");

        for (int time = 0; time < 3; time++) {
            assertThat(store.find(run)).isPresent();
            assertThat(store.findByTask("task")).isPresent();
            assertThat(store.findByTask("no task")).isEmpty();
            assertThat(store.list(RunQuery.NEWEST).items()).hasSize(1);
            assertThat(store.costs(CostQuery.ALL)).isEmpty();
        }

        assertThat(inner.reads()).containsExactly("find", "findByTask", "findByTask", "list", "costs");
    }

    @Test
    void whatDecidesReadsTheStore() {
        RunId run = create("task");
        Store direct = store.direct();
        store.find(run);
        inner.reads();

        direct.find(run);
        direct.findByTask("task");
        direct.list(RunQuery.NEWEST);
        direct.costs(CostQuery.ALL);

        assertThat(inner.reads()).containsExactly("find", "findByTask", "list", "costs");
        memory.claim(run, "elsewhere", LONG, Set.of(1));
        assertThat(store.claim(run, "here", LONG, Set.of(1))).isInstanceOf(Claim.Held.class);
    }

    @Test
    void whatWasWrittenHereIsReadAfterwards() {
        silence();
        assertThat(store.findByTask("task")).isEmpty();
        assertThat(store.list(RunQuery.NEWEST).items()).isEmpty();
        Store direct = store.direct();

        RunId run = create("task");
        assertThat(store.findByTask("task")).isPresent();
        assertThat(store.list(RunQuery.NEWEST).items()).hasSize(1);
        assertThat(snapshot(run).owner()).isNull();

        Lease lease = claim(direct, run);
        assertThat(snapshot(run).owner()).isEqualTo("node");
        direct.commit(lease, step(0, "working", false));
        assertThat(snapshot(run).detail()).isEqualTo("working");
        direct.commit(lease, step(1, "handed back", true));
        assertThat(snapshot(run).owner()).isNull();
        assertThat(store.list(RunQuery.NEWEST).items())
                .extracting(RunSnapshot::detail)
                .containsExactly("handed back");
        Lease again = claim(direct, run);
        assertThat(snapshot(run).owner()).isEqualTo("node");
        direct.release(again);
        assertThat(snapshot(run).owner()).isNull();
    }

    @Test
    void aStepWhoseAnswerWasLostIsReadAfterwards() {
        silence();
        RunId run = create("task");
        Lease lease = claim(store, run);
        assertThat(snapshot(run).version()).isZero();
        inner.loseAnswers();

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> store.direct().commit(lease, step(0, "committed", false)));

        assertThat(snapshot(run).detail()).isEqualTo("committed");
    }

    @Test
    void whatIsDoneElsewhereIsReadOnceTheStoreTellsOfIt() {
        RunId run = create("task");
        snapshot(run);
        Lease lease = claim(memory, run);

        memory.commit(lease, step(0, "elsewhere", false));

        assertThat(snapshot(run).detail()).isEqualTo("elsewhere");
    }

    @Test
    void aStoreThatMayHaveMissedSomethingEmptiesTheCache() {
        silence();
        RunId run = create("task");
        snapshot(run);
        memory.commit(claim(memory, run), step(0, "elsewhere", false));
        assertThat(snapshot(run).detail()).isNull();

        inner.listeners.forEach(listener -> listener.missed());

        assertThat(snapshot(run).detail()).isEqualTo("elsewhere");
    }

    @Test
    void whatNobodyTellsOfIsReadWhenItsTimeIsOver() {
        silence();
        RunId run = create("task");
        snapshot(run);
        assertThat(store.list(RunQuery.NEWEST).items()).hasSize(1);
        memory.commit(claim(memory, run), step(0, "elsewhere", false));
        memory.create(newRun("another"));

        nanos.addAndGet(CacheTimes.DEFAULT.lists().toNanos());
        assertThat(store.list(RunQuery.NEWEST).items()).hasSize(2);
        nanos.addAndGet(
                CacheTimes.DEFAULT.runs().minus(CacheTimes.DEFAULT.lists()).toNanos());

        assertThat(snapshot(run).detail()).isEqualTo("elsewhere");
    }

    @Test
    void whatIsPurgedOrErasedIsGoneAtOnce() {
        silence();
        RunId purged = create("purged");
        RunId erased = create("erased");
        store.find(purged);
        store.find(erased);
        store.findByTask("purged");
        assertThat(store.list(RunQuery.NEWEST).items()).hasSize(2);

        inner.remove(purged);
        store.purge(NOW);

        assertThat(store.find(purged)).isEmpty();
        assertThat(store.findByTask("purged")).isEmpty();
        assertThat(store.list(RunQuery.NEWEST).items()).hasSize(1);
        assertThat(store.find(erased)).isPresent();

        inner.remove(erased);
        store.erase("subject", List.of());

        assertThat(store.find(erased)).isEmpty();
        assertThat(store.list(RunQuery.NEWEST).items()).isEmpty();
    }

    @Test
    void aTaskIdWhoseRunWasRemovedElsewhereIsReadFromTheStore() {
        silence();
        RunId run = create("task");
        store.findByTask("task");
        inner.remove(run);
        nanos.addAndGet(1);
        store.direct().append(run, UUID.randomUUID(), new Command.Pause());

        assertThat(store.findByTask("task")).isEmpty();
        assertThat(store.findByTask("task")).isEmpty();
    }

    @Test
    void whatIsInFrontOfAStoreIsNoneOfItsPlugInsBusiness() {
        assertThat(store.unwrap(InMemoryStore.class)).contains(memory);
        assertThat(store.direct().unwrap(InMemoryStore.class)).contains(memory);
        assertThat(store.unwrap(CachingStore.class)).contains(store);
        assertThat(store.unwrap(String.class)).isEmpty();
    }

    /** From now on the store tells nobody of any change. */
    private void silence() {
        inner = new ObservedStore(memory, true);
        store = open(inner);
    }

    private CachingStore open(Store behind) {
        return CachingStore.open(behind, new MemoryCaches(nanos::get, () -> 0), CacheTimes.DEFAULT)
                .store();
    }

    private RunId create(String task) {
        return store.create(newRun(task)).run().snapshot().id();
    }

    private RunSnapshot snapshot(RunId run) {
        return store.find(run).orElseThrow().snapshot();
    }

    private static Lease claim(Store by, RunId run) {
        return by.claim(run, "node", LONG, Set.of(1)) instanceof Claim.Granted granted ? granted.lease() : notGranted();
    }

    private static Lease notGranted() {
        throw new AssertionError("the run was not granted");
    }

    private static NewRun newRun(String task) {
        return new NewRun(
                RunId.create(NOW),
                task,
                null,
                "subject",
                Map.of(),
                List.of(),
                PAYLOAD,
                PAYLOAD,
                event(1),
                NOW,
                Duration.ZERO);
    }

    private static StoredEvent event(long seq) {
        return new StoredEvent(seq, "test", NOW, PAYLOAD);
    }

    private static Step step(long version, String detail, boolean release) {
        RunUpdate update = new RunUpdate(
                RunStatus.RUNNING, null, Verification.NONE, detail, RunProgress.NONE, NOW, NOW, null, null);
        return new Step(version, PAYLOAD, update, List.of(), List.of(event(version + 2)), 0, List.of(), release);
    }
}
