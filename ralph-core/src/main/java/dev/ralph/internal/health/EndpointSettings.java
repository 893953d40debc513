/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import dev.ralph.internal.config.ConfigKeys;
import dev.ralph.internal.config.Configuration;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the health endpoint listens by configuration, and what it serves.
 *
 * @param host an address of this host
 * @param port 0 for any that is free
 * @param metrics whether metrics are served, if there are any
 * @param wanted whether anybody asked for it: by a port, or by switching metrics on
 */
public record EndpointSettings(String host, int port, boolean metrics, boolean wanted) {

    private static final int DEFAULT_PORT = 8080;
    private static final int MOST_PORT = 65_535;

    /**
     * Reads them from system properties, the environment and the properties file.
     *
     * @param given what goes before all of them, by the names of configuration
     * @throws dev.ralph.ConfigurationException if a value is not of its type
     */
    public static EndpointSettings read(Map<String, String> given) {
        Map<String, String> properties = new LinkedHashMap<>();
        Properties system = System.getProperties();
        system.stringPropertyNames().forEach(name -> properties.put(name, system.getProperty(name)));
        return of(Configuration.of(given, properties, System.getenv(), Map.of()));
    }

    static EndpointSettings of(Configuration configuration) {
        Optional<Integer> port =
                configuration.find(ConfigKeys.METRICS_PORT, EndpointSettings::port, "a port from 0 to 65535");
        Optional<Boolean> metrics = configuration.flag(ConfigKeys.ENABLE_METRICS);
        return new EndpointSettings(
                configuration
                        .find(ConfigKeys.METRICS_HOST)
                        .orElseGet(() -> InetAddress.getLoopbackAddress().getHostAddress()),
                port.orElse(DEFAULT_PORT),
                metrics.orElse(true),
                port.isPresent() || metrics.orElse(false));
    }

    private static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 0 || port > MOST_PORT) {
            throw new IllegalArgumentException(text);
        }
        return port;
    }
}
