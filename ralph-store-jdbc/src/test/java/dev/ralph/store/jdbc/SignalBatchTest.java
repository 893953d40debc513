/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalBatchTest {

    private final UUID sender = UUID.randomUUID();

    @Test
    void aBatchComesBackAsItWas() {
        SignalBatch batch = new SignalBatch(sender, runs(3), runs(2), true);

        assertThat(batch.encode())
                .singleElement()
                .satisfies(text -> assertThat(SignalBatch.decode(text)).contains(batch));
    }

    @Test
    void nothingToTellIsAPing() {
        SignalBatch ping = new SignalBatch(sender, Set.of(), Set.of(), false);

        assertThat(ping.encode()).containsExactly(sender.toString());
        assertThat(SignalBatch.decode(sender.toString())).contains(ping);
    }

    @Test
    void whatDoesNotFitIntoOneNotificationGoesIntoSeveral() {
        SignalBatch batch = new SignalBatch(sender, runs(500), runs(700), true);
        Set<RunId> commanded = new HashSet<>();
        Set<RunId> advanced = new HashSet<>();

        for (String text : batch.encode()) {
            assertThat(text.length()).isLessThan(8_000);
            SignalBatch part = SignalBatch.decode(text).orElseThrow();
            commanded.addAll(part.commanded());
            advanced.addAll(part.advanced());
        }

        assertThat(commanded).isEqualTo(batch.commanded());
        assertThat(advanced).isEqualTo(batch.advanced());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "x", "not-a-uuid,q", "00000000-0000-0000-0000-000000000000,cnothing", "🧀"})
    void whatSomebodyElseSendsIsPassedOver(String text) {
        assertThat(SignalBatch.decode(text)).isEmpty();
    }

    @Test
    void kindsOfANewerNodeArePassedOver() {
        assertThat(SignalBatch.decode(sender + ",znew,q").map(SignalBatch::queued))
                .isEqualTo(Optional.of(true));
    }

    private static Set<RunId> runs(int count) {
        Set<RunId> runs = new HashSet<>();
        for (int i = 0; i < count; i++) {
            runs.add(RunId.create(Instant.now()));
        }
        return runs;
    }
}
