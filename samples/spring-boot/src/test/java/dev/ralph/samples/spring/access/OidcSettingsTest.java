/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.InvalidValueException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcSettingsTest {

    @Test
    void anIssuerNeedsAnAudience() {
        assertThatThrownBy(() -> settings("https://id.example.org", null))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("host.oidc.audience");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://id.example.org", "id.example.org", "file:///tmp/keys", "https//x", "a b"})
    void keysComeEncrypted(String issuer) {
        assertThatThrownBy(() -> settings(issuer, "ralph"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("host.oidc.issuer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://id.example.org/realms/a", "http://127.0.0.1:9000", "http://localhost"})
    void orFromThisMachine(String issuer) {
        assertThatCode(() -> settings(issuer, "ralph")).doesNotThrowAnyException();
    }

    @Test
    void aMetricsTokenIsLongAndIsNotShown() {
        assertThatThrownBy(() -> new AccessSettings(List.of("a"), "short", true, true))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("host.metrics-token")
                .hasMessageNotContaining("short'");
        String token = "0123456789".repeat(4);
        assertThat(new AccessSettings(List.of("a"), token, true, true).toString())
                .doesNotContain(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/b", "../a", "a b", "ä"})
    void tenantsHavePlainNames(String tenant) {
        assertThatThrownBy(() -> new AccessSettings(List.of(tenant), null, true, true))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("host.tenants");
    }

    private static OidcSettings settings(String issuer, @Nullable String audience) {
        return new OidcSettings(issuer, audience, null, "tenant", "role", Map.of());
    }
}
