/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.internal.config.Configuration;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointSettingsTest {

    @Test
    void withoutConfigurationItIsPort8080OfTheLoopbackAddress() {
        assertThat(of(Map.of()))
                .isEqualTo(new EndpointSettings(InetAddress.getLoopbackAddress().getHostAddress(), 8080, true, false));
    }

    @Test
    void portAndAddressAreTheConfigurations() {
        assertThat(of(Map.of("METRICS_PORT", "0", "METRICS_HOST", "0.0.0.0")))
                .isEqualTo(new EndpointSettings("0.0.0.0", 0, true, true));
    }

    @Test
    void whoeverNamesAPortOrSwitchesMetricsOnWantsIt() {
        assertThat(of(Map.of("METRICS_HOST", "0.0.0.0")).wanted()).isFalse();
        assertThat(of(Map.of("ENABLE_METRICS", "true")).wanted()).isTrue();
        assertThat(of(Map.of("ENABLE_METRICS", "false")).wanted()).isFalse();
        assertThat(of(Map.of("ENABLE_METRICS", "False", "METRICS_PORT", "0")))
                .extracting(EndpointSettings::wanted, EndpointSettings::metrics)
                .containsExactly(true, false);
    }

    @Test
    void whatSwitchesNothingIsNamed() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> of(Map.of("ENABLE_METRICS", "yes")))
                .withMessageContaining("ENABLE_METRICS is 'yes' in the environment, but must be true or false");
    }

    @Test
    void whatIsNoPortIsNamed() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> of(Map.of("METRICS_PORT", "http")))
                .withMessageContaining("METRICS_PORT is 'http' in the environment")
                .withMessageContaining("from 0 to 65535");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> of(Map.of("METRICS_PORT", "70000")))
                .withMessageContaining("METRICS_PORT is '70000' in the environment")
                .withMessageContaining("from 0 to 65535");
    }

    private static EndpointSettings of(Map<String, String> environment) {
        return EndpointSettings.of(Configuration.of(Map.of(), Map.of(), environment, Map.of()));
    }
}
