/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.LeaseLostException;
import dev.ralph.RunId;
import dev.ralph.RunProgress;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.Verification;
import dev.ralph.audit.AuditEntry;
import dev.ralph.cache.Caches;
import dev.ralph.cache.Loaded;
import dev.ralph.cache.MemoryCaches;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.ContentSeal;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Payload;
import dev.ralph.spi.RunUpdate;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import dev.ralph.store.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a change makes out of date, what it does not, and what becomes of caches that get it wrong. */
class CachingStoreNewsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Payload PAYLOAD = new Payload(1, new byte[] {1});
    private static final Duration LONG = Duration.ofHours(1);
    private static final CacheTimes TIMES = new CacheTimes(LONG, LONG, LONG, LONG);

    private final InMemoryStore memory = new InMemoryStore(() -> NOW, 1);
    private final ObservedStore silent = new ObservedStore(memory, true);
    private final MemoryCaches caches = new MemoryCaches();

    @AfterEach
    void closeStore() {
        memory.close();
    }

    @Test
    void whatChangedNothingLeavesListingsAsTheyAre() {
        CachingStore store = open(silent, caches);
        RunId run = create(store, "task");
        Lease lost = claim(store, run);
        memory.release(lost);
        store.list(RunQuery.NEWEST);
        silent.reads();

        assertThat(store.create(newRun("task")).created()).isFalse();
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> store.direct().commit(lost, end(0)));

        store.list(RunQuery.NEWEST);
        assertThat(silent.reads()).isEmpty();
    }

    @Test
    void whatWasFoundInsteadOfCreatedIsReadAfterwards() {
        CachingStore store = open(silent, caches);
        assertThat(store.findByTask("task")).isEmpty();
        RunId run = create(memory, "task");

        assertThat(store.create(newRun("task")).created()).isFalse();

        assertThat(store.findByTask("task")).map(row -> row.snapshot().id()).contains(run);
    }

    @Test
    void aRunThatWasSeenToHaveEndedIsReadAsSuch() {
        CachingStore store = open(silent, caches);
        RunId run = create(store, "task");
        store.find(run);
        store.list(RunQuery.NEWEST);
        memory.commit(claim(memory, run), end(0));

        store.ended(run);

        assertThat(store.find(run).orElseThrow().snapshot().status()).isEqualTo(RunStatus.STOPPED);
        assertThat(store.list(RunQuery.NEWEST).items())
                .extracting(RunSnapshot::status)
                .containsExactly(RunStatus.STOPPED);
    }

    @Test
    void aRunTheStoreForgotIsFoundNoMore() {
        CachingStore store = open(memory, caches);
        RunId first = create(store, "first");
        store.direct().commit(claim(store, first), end(0));
        RunId second = create(store, "second");
        assertThat(store.find(first)).isPresent();
        assertThat(store.findByTask("first")).isPresent();

        store.direct().commit(claim(store, second), end(0));

        assertThat(store.find(first)).isEmpty();
        assertThat(store.findByTask("first")).isEmpty();
        assertThat(store.find(second)).isPresent();
    }

    @Test
    void cachesThatFailMakeNoChangeLookFailed() {
        CachingStore store = open(memory, new OpenCaches(true));
        Store direct = store.direct();

        RunId run = create(store, "task");
        direct.release(claim(direct, run));
        Lease lease = claim(direct, run);
        direct.append(run, UUID.randomUUID(), new Command.Pause(), List.<AuditEntry>of());
        assertThat(direct.commit(lease, end(0))).isEqualTo(new StepResult.Committed(1));
        store.ended(run);
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> direct.commit(lease, end(5)));
        assertThat(direct.purge(NOW.plusSeconds(1))).isEqualTo(1);
        assertThat(direct.erase("subject", List.of())).isZero();

        assertThat(direct.find(run)).isEmpty();
    }

    @Test
    void aRowThatIsNotTheOneAskedForIsNotAnswered() {
        OpenCaches open = new OpenCaches(false);
        CachingStore store = open(silent, open);
        RunId asked = create(store, "asked");
        StoredRun other = memory.find(create(store, "other")).orElseThrow();

        open.answer("runs", asked.toString(), Loaded.of(other, 7));

        assertThat(store.find(asked)).map(row -> row.snapshot().id()).contains(asked);
        assertThat(store.find(asked)).map(row -> row.snapshot().id()).contains(asked);
    }

    @Test
    void whatTellsOfManyRunsDoesNotLeaveTheProcessOfAStoreThatSeals() {
        OpenCaches sealed = new OpenCaches(false);
        OpenCaches clear = new OpenCaches(false);
        open(new Sealing(memory), sealed);
        open(memory, clear);

        for (String region : List.of("lists", "costs")) {
            assertThat(sealed.definition(region).codec()).as(region).isNull();
            assertThat(clear.definition(region).codec()).as(region).isNotNull();
        }
        assertThat(sealed.definition("runs").codec()).isNotNull();
    }

    @Test
    void allRegionsTogetherHaveABound() {
        OpenCaches open = new OpenCaches(false);
        open(memory, open);

        assertThat(List.of("runs", "tasks", "lists", "costs"))
                .extracting(region -> open.definition(region).maxTotalBytes())
                .containsExactly(32_000_000, 8_000_000, 16_000_000, 8_000_000);
    }

    private static CachingStore open(Store behind, Caches caches) {
        return CachingStore.open(behind, caches, TIMES).store();
    }

    private static RunId create(Store store, String task) {
        return store.create(newRun(task)).run().snapshot().id();
    }

    private static Lease claim(Store by, RunId run) {
        if (by.claim(run, "node", LONG, Set.of(1)) instanceof Claim.Granted granted) {
            return granted.lease();
        }
        throw new AssertionError("the run was not granted");
    }

    private static NewRun newRun(String task) {
        return new NewRun(
                RunId.create(NOW),
                task,
                null,
                "somebody",
                Map.of(),
                List.of(),
                PAYLOAD,
                PAYLOAD,
                new StoredEvent(1, "test", NOW, PAYLOAD),
                NOW,
                Duration.ZERO);
    }

    private static Step end(long version) {
        RunUpdate update = new RunUpdate(
                RunStatus.STOPPED,
                StopReason.CANCELLED,
                Verification.NONE,
                null,
                RunProgress.NONE,
                NOW,
                NOW,
                NOW,
                null);
        return new Step(
                version,
                PAYLOAD,
                update,
                List.of(),
                List.of(new StoredEvent(version + 2, "test", NOW, PAYLOAD)),
                0,
                List.of(),
                true);
    }

    private static final class Sealing extends ForwardingStore {

        Sealing(Store store) {
            super(store);
        }

        @Override
        public Optional<ContentSeal> contentSeal() {
            return Optional.of(new ContentSeal() {
                @Override
                public byte[] seal(RunId run, String place, byte[] content) {
                    return content;
                }

                @Override
                public byte[] open(RunId run, String place, byte[] sealed) {
                    return sealed;
                }
            });
        }
    }
}
