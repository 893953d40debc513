/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.node;

import dev.ralph.Orchestrator;
import dev.ralph.health.HealthEndpoint;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Health with all its details, and metrics, on a port of their own that has no users: {@code METRICS_PORT}, on
 * {@code METRICS_HOST}, which is the loopback address unless set. Not there unless configured. It stays open until the
 * context has stopped, so that a node that drains is seen.
 */
@Component
public final class ManagementPort implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementPort.class);

    private final Orchestrator orchestrator;
    private final PrometheusMeterRegistry registry;
    private @Nullable HealthEndpoint endpoint;
    private volatile boolean running;

    public ManagementPort(Orchestrator orchestrator, PrometheusMeterRegistry registry) {
        this.orchestrator = orchestrator;
        this.registry = registry;
    }

    /** Where it listens, if it does. */
    public Optional<InetSocketAddress> address() {
        return Optional.ofNullable(endpoint).map(HealthEndpoint::address);
    }

    @Override
    public void start() {
        running = true;
        endpoint = HealthEndpoint.builder(orchestrator.health())
                .metrics(MetricsController.CONTENT_TYPE, registry::scrape)
                .startIfConfigured()
                .orElse(null);
        address().ifPresent(address -> LOG.info("Health and metrics are on {}", address));
    }

    @Override
    public void stop() {
        running = false;
        if (endpoint != null) {
            endpoint.close();
        }
    }

    /** Not: what was closed does not come back. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** First to start, last to stop. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
