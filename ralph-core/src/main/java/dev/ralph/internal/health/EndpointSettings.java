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
import java.util.Properties;

/**
 * Where the health endpoint listens by configuration.
 *
 * @param host an address of this host
 * @param port 0 for any that is free
 */
public record EndpointSettings(String host, int port) {

    private static final int DEFAULT_PORT = 8080;
    private static final int MOST_PORT = 65_535;

    /**
     * Reads them from system properties, the environment and the properties file.
     *
     * @throws dev.ralph.ConfigurationException if the port is none
     */
    public static EndpointSettings read() {
        Map<String, String> properties = new LinkedHashMap<>();
        Properties system = System.getProperties();
        system.stringPropertyNames().forEach(name -> properties.put(name, system.getProperty(name)));
        return of(Configuration.of(Map.of(), properties, System.getenv(), Map.of()));
    }

    static EndpointSettings of(Configuration configuration) {
        return new EndpointSettings(
                configuration
                        .find(ConfigKeys.METRICS_HOST)
                        .orElseGet(() -> InetAddress.getLoopbackAddress().getHostAddress()),
                configuration
                        .find(ConfigKeys.METRICS_PORT, EndpointSettings::port, "a port from 0 to 65535")
                        .orElse(DEFAULT_PORT));
    }

    private static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 0 || port > MOST_PORT) {
            throw new IllegalArgumentException(text);
        }
        return port;
    }
}
