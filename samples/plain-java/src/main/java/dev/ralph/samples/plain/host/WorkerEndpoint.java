/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.OrchestratorBuilder;
import dev.ralph.health.Health;
import dev.ralph.health.HealthEndpoint;
import dev.ralph.health.HealthEndpointBuilder;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves health and metrics of a worker by HTTP if that is wanted: from before it joins, so that a port which is taken keeps it from
 * beginning, until it has stopped. Thread-safe.
 */
final class WorkerEndpoint implements AutoCloseable {

    private final LateHealth health = new LateHealth();
    private final NodeMetrics metrics = new NodeMetrics();
    private final @Nullable HealthEndpoint endpoint;

    private WorkerEndpoint(@Nullable Integer port) {
        HealthEndpointBuilder builder = HealthEndpoint.builder(health).metrics(NodeMetrics.CONTENT_TYPE, metrics::text);
        if (port != null) {
            builder.port(port);
        }
        this.endpoint = builder.startIfConfigured().orElse(null);
    }

    /**
     * Begins to serve.
     *
     * @param port 0 for any that is free; null for what is configured, which may be that nothing is served
     * @throws dev.ralph.ConfigurationException if a value is wrong, or nothing can listen there
     */
    static WorkerEndpoint open(@Nullable Integer port) {
        return new WorkerEndpoint(port);
    }

    /** Has an orchestrator count what it does, if somebody can see it. */
    void configure(OrchestratorBuilder builder) {
        if (endpoint != null) {
            builder.meterRegistry(metrics.registry());
        }
    }

    /** The worker has joined. */
    void joined(Health worker) {
        health.become(worker);
    }

    /** What is served where, for people; empty if nothing is. */
    Optional<String> address() {
        return Optional.ofNullable(endpoint).map(HealthEndpoint::address).map(WorkerEndpoint::url);
    }

    private static String url(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    @Override
    public void close() {
        if (endpoint != null) {
            endpoint.close();
        }
        metrics.close();
    }
}
