/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class HostPropertiesTest {

    private static HostProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("host", HostProperties.class);
    }

    @ParameterizedTest
    @CsvSource({
        "host.ceilings.max-iterations, 0",
        "host.ceilings.max-runtime, 0s",
        "host.ceilings.max-cost, -1",
        "host.ceilings.priority, -1",
        "host.ceilings.start-delay, -1s",
        "host.requests.max-body, 0B",
        "host.requests.body-timeout, 0s",
        "host.requests.bodies, 0",
        "host.requests.outputs-per-caller, 0",
        "host.followers.max, 0",
        "host.followers.per-caller, -1",
        "host.followers.runs, 0",
        "host.followers.tenant-share, 0",
        "host.followers.tenant-share, 1.1",
        "host.followers.heartbeat, 0s",
        "host.followers.max-duration, 0s"
    })
    void aNumberThatCannotBeIsRefusedByItsName(String property, String value) {
        assertThatThrownBy(() -> bind(Map.of("host.home", "data", property, value)))
                .hasRootCauseInstanceOf(ConfigurationException.class)
                .rootCause()
                .hasMessageStartingWith(property + " is ");
    }

    @Test
    void theDefaultsAreFine() {
        assertThat(bind(Map.of("host.home", "data")).requests().outputsPerCaller())
                .isEqualTo(8);
    }
}
