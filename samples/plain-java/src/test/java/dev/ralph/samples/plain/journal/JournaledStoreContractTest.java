/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.spi.Store;
import dev.ralph.tck.RunStoreContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The whole contract but shared budgets; and after each of its tests, another process would read the very same. */
class JournaledStoreContractTest extends RunStoreContract {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Store opened;

    @Override
    protected Store open() {
        opened = new JournaledStore(folder, now::get);
        return opened;
    }

    @Override
    protected void waitUntilPast(Instant time) {
        now.set(time.plusMillis(1));
    }

    @AfterEach
    void anotherProcessReadsTheSame() {
        if (isClosed(opened)) {
            return;
        }
        try (Store replayed = new JournaledStore(folder, now::get)) {
            List<RunSnapshot> runs =
                    opened.list(RunQuery.NEWEST.withLimit(RunQuery.MAX_LIMIT)).items();
            assertThat(replayed.list(RunQuery.NEWEST.withLimit(RunQuery.MAX_LIMIT))
                            .items())
                    .isEqualTo(runs);
            runs.forEach(run -> assertSame(opened, replayed, run));
        }
    }

    private static void assertSame(Store store, Store replayed, RunSnapshot run) {
        assertThat(replayed.find(run.id())).isEqualTo(store.find(run.id()));
        assertThat(replayed.events(run.id(), 0, 10_000)).isEqualTo(store.events(run.id(), 0, 10_000));
        assertThat(replayed.commands(run.id(), 0)).isEqualTo(store.commands(run.id(), 0));
        assertThat(replayed.iterations(run.id(), 0, 10_000)).isEqualTo(store.iterations(run.id(), 0, 10_000));
        assertThat(replayed.gates(run.id())).isEqualTo(store.gates(run.id()));
        assertThat(replayed.checkpoints(run.id())).isEqualTo(store.checkpoints(run.id()));
        for (int iteration = 0; iteration < 12; iteration++) {
            assertThat(replayed.attempts(run.id(), iteration)).isEqualTo(store.attempts(run.id(), iteration));
            assertThat(replayed.reportedUsage(run.id(), iteration, 1))
                    .isEqualTo(store.reportedUsage(run.id(), iteration, 1));
        }
    }

    private static boolean isClosed(Store store) {
        try {
            store.list(RunQuery.NEWEST);
            return false;
        } catch (dev.ralph.StoreException e) {
            return true;
        }
    }
}
