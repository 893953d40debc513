/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.spi.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditKeysTest {

    private static final String GOOD = AuditBench.key('a');

    @ParameterizedTest
    @CsvSource({
        "not*base64, is not base64",
        "c2hvcnQ=, has 5 bytes",
        "',', 'key 1 of 2'",
    })
    void aMalformedKeyIsRefusedWithoutShowingIt(String text, String why) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> AuditKeys.of(new Secret("AUDIT_KEY", text)))
                .withMessageContaining("AUDIT_KEY")
                .withMessageContaining(why)
                .withMessageContaining("openssl rand -base64 32")
                .satisfies(e -> assertThat(e).hasNoCause())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("not*base64", "c2hvcnQ"));
    }

    @Test
    void theSecondOfTwoKeysIsNamedIfItIsBad() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> AuditKeys.of(new Secret("AUDIT_KEY", GOOD + ",c2hvcnQ=")))
                .withMessageContaining("key 2 of 2");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> AuditKeys.of(new Secret("AUDIT_KEY", GOOD + "," + GOOD)))
                .withMessageContaining("twice");
    }

    @Test
    void theFirstSignsAndAllAreKnownByIdsThatTellNothing() {
        AuditKeys keys = AuditBench.keys(AuditBench.key('b'), GOOD);

        assertThat(keys.ids()).hasSize(2);
        assertThat(keys.current())
                .isEqualTo(AuditBench.keys(AuditBench.key('b')).current());
        assertThat(keys.ids()).allMatch(id -> id.matches("[0-9a-f]{16}"));
        assertThat(keys.toString()).doesNotContain(GOOD, "bbbb");
        assertThat(AuditKeys.NONE.isEmpty()).isTrue();
    }
}
