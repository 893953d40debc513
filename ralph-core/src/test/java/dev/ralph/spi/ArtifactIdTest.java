/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of artifacts are made of numbers, and whatever else a record claims to be one is not. */
class ArtifactIdTest {

    private static final RunId RUN = RunId.create(Instant.EPOCH);

    @Test
    void aNameIsReadAsWhatItWasMadeOf() {
        for (ArtifactId.Kind kind : ArtifactId.Kind.values()) {
            for (ArtifactId id : new ArtifactId[] {
                new ArtifactId(RUN, kind, 1, 1, 0),
                new ArtifactId(RUN, kind, 12, 3, 45),
                new ArtifactId(RUN, kind, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE)
            }) {
                assertThat(ArtifactId.of(RUN, id.name())).contains(id);
                assertThat(id.name()).matches("[a-z0-9-]{1,50}");
            }
        }
    }

    @Test
    void ownersOfOneAttemptWriteUnderNamesOfTheirOwn() {
        Lease lost = new Lease(RUN, "node-1", UUID.randomUUID(), 1);
        Lease taken = new Lease(RUN, "node-2", UUID.randomUUID(), 2);

        assertThat(ArtifactId.attempt(lost, 3, 1).name()).isEqualTo("attempt-3-1-e1");
        assertThat(ArtifactId.attempt(taken, 3, 1).name()).isEqualTo("attempt-3-1-e2");
        assertThat(ArtifactId.gate(taken, 3, 1).name()).isEqualTo("gate-3-1-e2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "attempt-1-1-e1/../../../../etc/passwd",
                "../attempt-1-1-e1",
                "/etc/passwd",
                "attempt-1-1-e1\n",
                " attempt-1-1-e1",
                "attempt-01-1-e1",
                "attempt-0-1-e1",
                "attempt--1-1-e1",
                "attempt-1-1-e-1",
                "attempt-1-1-e01",
                "attempt-9999999999-1-e1",
                "attempt-1-1-e9999999999999999999",
                "ATTEMPT-1-1-e1",
                "attempt-\u0661-1-e1",
                "other-1-1-e1"
            })
    void whatIsNoNameIsNone(String name) {
        assertThat(ArtifactId.of(RUN, name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1, iteration", "1, 0, 1, number", "1, 1, -1, epoch"})
    void numbersThatCannotBeAreRefused(int iteration, int number, long epoch, String field) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new ArtifactId(RUN, ArtifactId.Kind.ATTEMPT, iteration, number, epoch))
                .withMessageContaining(field);
    }
}
