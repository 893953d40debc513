/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.InvalidValueException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class EdgeSettingsTest {

    private static final RateLimit ANY = RateLimit.of("1/second");

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.org", "http://localhost:3000", "https://[::1]:8443", "*"})
    void takesOrigins(String origin) {
        assertThat(settings(List.of("localhost"), List.of(origin), false).corsOrigins())
                .containsExactly(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.example.org",
                "https://app.example.org/",
                "https://app.example.org/path",
                "null",
                "https://*.example.org",
                "ftp://a.example",
                "https://user@app.example.org",
                "https://a b"
            })
    void refusesWhatIsNoOrigin(String origin) {
        assertThatThrownBy(() -> settings(List.of("localhost"), List.of(origin), false))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("CORS_ORIGINS")
                .hasMessageContaining("https://app.example.org");
    }

    @Test
    void refusesEveryOriginTogetherWithCredentials() {
        assertThatThrownBy(() -> settings(List.of("localhost"), List.of("*"), true))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("cors-credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org:8080", "https://example.org", "::1", "*", "a b"})
    void refusesHostsWithMoreThanAName(String host) {
        assertThatThrownBy(() -> settings(List.of(host), List.of(), false))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("ALLOWED_HOSTS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]", "[::1]:8080"})
    void allowedHostsAreTakenWithAnyPort(String header) {
        assertThat(allows(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "localhost:80:80",
                "localhost@evil.example",
                "",
                "[::1",
                "localhost, evil.example",
                "127.0.0.1.nip.io"
            })
    void otherHostsAreNot(String header) {
        assertThat(allows(header)).isFalse();
    }

    private static boolean allows(String header) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Host", header);
        return new HostCheck(settings(List.of("localhost", "127.0.0.1", "[::1]"), List.of(), false)).allows(request);
    }

    private static EdgeSettings settings(List<String> hosts, List<String> origins, boolean credentials) {
        return new EdgeSettings(
                hosts, origins, credentials, List.of(), ForwardedHeader.X_FORWARDED_FOR, ANY, null, ANY);
    }
}
