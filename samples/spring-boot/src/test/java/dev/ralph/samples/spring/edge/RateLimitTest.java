/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

    @ParameterizedTest
    @CsvSource({"1/second,1,PT1S", "100/minute,100,PT1M", " 5000 / HOUR ,5000,PT1H", "1000000/day,1000000,P1D"})
    void readsTheFormOfTheDeploymentGuide(String text, long requests, Duration window) {
        assertThat(RateLimit.of(text)).isEqualTo(new RateLimit(requests, window));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "100",
                "100/",
                "/minute",
                "0/minute",
                "-1/minute",
                "1.5/minute",
                "100/fortnight",
                "100 per minute",
                "1000001/day",
                "99999999/day"
            })
    void refusesEverythingElseAndSaysWhatToWrite(String text) {
        assertThatThrownBy(() -> RateLimit.of(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("100/minute")
                .hasMessageContaining("API_RATE_LIMIT");
    }

    @Test
    void windowsAreTheSameForEverybody() {
        RateLimit limit = RateLimit.of("100/minute");

        assertThat(limit.endOfWindow(Instant.parse("2026-01-01T00:00:00Z"))).isEqualTo("2026-01-01T00:01:00Z");
        assertThat(limit.endOfWindow(Instant.parse("2026-01-01T00:00:59.999Z"))).isEqualTo("2026-01-01T00:01:00Z");
        assertThat(RateLimit.of("1/day").endOfWindow(Instant.parse("2026-01-01T13:00:00Z")))
                .isEqualTo("2026-01-02T00:00:00Z");
    }
}
