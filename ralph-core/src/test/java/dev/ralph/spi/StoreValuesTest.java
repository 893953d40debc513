/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.Cost;
import dev.ralph.InvalidValueException;
import dev.ralph.Reservation;
import dev.ralph.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreValuesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Payload PAYLOAD = new Payload(1, new byte[0]);

    @Test
    void theFirstEventOfARunHasTheNumberOne() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> newRun(2, Duration.ZERO))
                .withMessage("submitted.seq '2' must be 1: it is the run's first event");
    }

    @Test
    void aStartDelayIsNotNegative() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> newRun(1, Duration.ofSeconds(-1)))
                .withMessage("startDelay 'PT-1S' must not be negative");
    }

    @ParameterizedTest
    @EnumSource(value = AttemptStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "IN_FLIGHT")
    void anAttemptStartsInFlight(AttemptStatus status) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new RecordChange.StartAttempt(attempt(status)))
                .withMessageContaining(status.name());
    }

    @Test
    void anAttemptIsNotSettledInFlight() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new RecordChange.SettleAttempt(attempt(AttemptStatus.IN_FLIGHT)))
                .withMessageContaining("settle it as it ended");
    }

    private static NewRun newRun(long firstEvent, Duration delay) {
        return new NewRun(
                RunId.create(NOW),
                null,
                null,
                null,
                Map.of(),
                List.of(),
                PAYLOAD,
                PAYLOAD,
                new StoredEvent(firstEvent, "submitted", NOW, PAYLOAD),
                NOW,
                delay);
    }

    private static AttemptRecord attempt(AttemptStatus status) {
        return new AttemptRecord(
                1, 1, "agent", status, NOW, null, null, null, Reservation.NONE, null, Cost.UNKNOWN, null);
    }
}
