/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.health;

import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.internal.config.ConfigKeys;
import dev.ralph.internal.health.EndpointSettings;
import dev.ralph.internal.health.MetricsText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says what a {@link HealthEndpoint} serves, and where. What is not said comes from system properties, the environment, or the
 * file {@code RALPH_CONFIG} names. Not thread-safe.
 */
public final class HealthEndpointBuilder {

    private final Health health;
    private final Map<String, String> given = new LinkedHashMap<>();
    private @Nullable MetricsText metrics;

    HealthEndpointBuilder(Health health) {
        this.health = health;
    }

    /** The name or number of the address to listen on; without this {@code METRICS_HOST}, or the loopback address. */
    public HealthEndpointBuilder host(String value) {
        given.put(ConfigKeys.METRICS_HOST, value);
        return this;
    }

    /**
     * The port, 0 for any that is free; without this {@code METRICS_PORT}, or 8080.
     *
     * @throws InvalidValueException if it is not from 0 to 65,535
     */
    public HealthEndpointBuilder port(int value) {
        HealthEndpoint.requirePort(value);
        given.put(ConfigKeys.METRICS_PORT, Integer.toString(value));
        return this;
    }

    /**
     * Serves metrics at {@code /metrics}, unless {@code ENABLE_METRICS} is {@code false}. Without this there are none.
     *
     * @param contentType the form they are in, such as {@code text/plain; version=0.0.4; charset=utf-8} for Prometheus
     * @param text gathers them, as UTF-8 is sent; on up to two threads at once. May block: one that takes longer than 20 s is
     *     interrupted. If it throws, whoever asks gets 500, and the log says why
     */
    public HealthEndpointBuilder metrics(String contentType, Supplier<String> text) {
        metrics = new MetricsText(contentType, text);
        return this;
    }

    /**
     * Starts to listen.
     *
     * @throws ConfigurationException if a value is wrong, or nothing can listen there
     */
    public HealthEndpoint start() {
        return start(EndpointSettings.read(given));
    }

    /**
     * Starts to listen if anybody wants it to: if {@link #port} or {@code METRICS_PORT} is given, or {@code ENABLE_METRICS} is
     * {@code true}. For programs of which several run on one machine, where not each should take a port by itself.
     *
     * @return empty if nobody does
     * @throws ConfigurationException if a value is wrong, or nothing can listen there
     */
    public Optional<HealthEndpoint> startIfConfigured() {
        EndpointSettings settings = EndpointSettings.read(given);
        return settings.wanted() ? Optional.of(start(settings)) : Optional.empty();
    }

    private HealthEndpoint start(EndpointSettings settings) {
        return HealthEndpoint.listen(health, settings.metrics() ? metrics : null, settings.host(), settings.port());
    }
}
