/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.RunId;
import dev.ralph.RunNotFoundException;
import dev.ralph.StoreException;
import dev.ralph.spi.Command;
import dev.ralph.store.InMemoryStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MonitoredStoreTest {

    private final RunId run = RunId.create(Instant.now());
    private final WorkMonitors monitors = new WorkMonitors();
    private final AtomicLong nanos = new AtomicLong();
    private final InMemoryStore memory = new InMemoryStore(InstantSource.system());
    private final MonitoredStore store = new MonitoredStore(memory, monitors, nanos::getAndIncrement);
    private final List<String> calls = new ArrayList<>();
    private final WorkMonitor listing = new WorkMonitor() {
        @Override
        public void storeCalled(StoreCall call, boolean answered, long took) {
            calls.add(call + " " + answered + " " + took);
        }
    };

    @Test
    void aCallIsTimedAndAnAnswerThatIsAnExceptionIsAnAnswer() {
        monitors.add(listing);

        assertThat(store.find(run)).isEmpty();
        assertThatExceptionOfType(RunNotFoundException.class)
                .isThrownBy(() -> store.append(run, UUID.randomUUID(), new Command.Pause()));
        memory.close();
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.find(run));

        assertThat(calls).containsExactly("FIND true 1", "APPEND true 1", "FIND false 1");
    }

    @Test
    void withoutMonitorsNotEvenTheTimeIsTaken() {
        store.find(run);
        monitors.add(listing);
        monitors.remove(listing);
        store.find(run);

        assertThat(nanos).hasValue(0);
        assertThat(calls).isEmpty();
    }

    @Test
    void aMonitorThatFailsHarmsNeitherTheCallNorTheOthers() {
        monitors.add(new WorkMonitor() {
            @Override
            public void storeCalled(StoreCall call, boolean answered, long took) {
                throw new IllegalStateException("a bug");
            }
        });
        monitors.add(listing);

        assertThat(store.find(run)).isEmpty();

        assertThat(calls).hasSize(1);
    }

    @Test
    void whatIsAskedOfTheStoreItselfReachesIt() {
        assertThat(store.unwrap(InMemoryStore.class)).containsSame(memory);
        assertThat(store.queue()).isPresent();
        assertThat(store.audit()).isPresent();
    }
}
