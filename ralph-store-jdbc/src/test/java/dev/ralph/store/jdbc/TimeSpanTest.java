/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeSpanTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @Test
    void timesCloseTogetherAreOneSpanInWhateverOrderTheyCome() {
        assertThat(TimeSpan.covering(List.of(at(30), at(0), at(59)), 8)).containsExactly(new TimeSpan(at(0), at(59)));
    }

    @Test
    void aTimeFarOffIsASpanOfItsOwn() {
        assertThat(TimeSpan.covering(List.of(at(0), Instant.EPOCH, at(10)), 8))
                .containsExactly(new TimeSpan(Instant.EPOCH, Instant.EPOCH), new TimeSpan(at(0), at(10)));
    }

    @Test
    void theWidestGapsAreLeftOutIfThereAreMoreThanMayBe() {
        assertThat(TimeSpan.covering(List.of(at(0), at(100), at(1_000), at(1_100), at(9_000)), 3))
                .containsExactly(
                        new TimeSpan(at(0), at(100)),
                        new TimeSpan(at(1_000), at(1_100)),
                        new TimeSpan(at(9_000), at(9_000)));
    }

    @Test
    void ofNothingThereIsNone() {
        assertThat(TimeSpan.covering(List.of(), 8)).isEmpty();
    }

    private static Instant at(long seconds) {
        return NOON.plusSeconds(seconds);
    }
}
