/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActorTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "2001:DB8:0::1, 2001:db8:0:0:0:0:0:1",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
        "::ffff:192.0.2.7, 192.0.2.7",
        "' ::1 ', 0:0:0:0:0:0:0:1",
    })
    void anAddressHasOneForm(String given, String kept) {
        assertThat(Actor.of("ann").from(given).address()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.org",
                "1.2.3",
                "1.2.3.256",
                "1.2.3.4/24",
                "::g",
                "1.2.3.4, 5.6.7.8",
                "12"
            })
    void aNameIsNoAddressAndIsLookedUpNowhere(String given) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> Actor.of("ann").from(given))
                .withMessageContaining("is no IP address");
    }

    @Test
    void whoIsToBeStoredCanBeStored() {
        for (String bad : new String[] {" ", "a\u0000b", "a\ud800", "x".repeat(256)}) {
            assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> Actor.of(bad));
        }
        assertThat(Actor.of("x".repeat(255)).principal()).hasSize(255);
        assertThat(Actor.of("\ud83d\ude80").principal()).hasSize(2);
    }

    @Test
    void detailsAreFewAndShort() {
        Map<String, String> tooMany = IntStream.rangeClosed(0, Actor.MAX_DETAILS)
                .boxed()
                .collect(Collectors.toMap(number -> "name" + number, number -> ""));

        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new Actor("ann", null, tooMany));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> Actor.of("ann").with("session", "x".repeat(1_001)));
        assertThat(Actor.of("ann").with("session", "1").with("session", "2").details())
                .containsExactly(Map.entry("session", "2"));
    }
}
