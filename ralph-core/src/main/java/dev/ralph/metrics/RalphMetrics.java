/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.metrics;

import dev.ralph.Orchestrator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;

/**
 * The meters of an orchestrator as Micrometer binds meters: {@code new RalphMetrics(orchestrator).bindTo(registry)} is
 * {@link Orchestrator#measure}. For hosts that collect binders, as Spring Boot does; others name their registry to the
 * {@link dev.ralph.OrchestratorBuilder#meterRegistry builder}. Thread-safe.
 */
public final class RalphMetrics implements MeterBinder {

    private final Orchestrator orchestrator;

    /** The meters of this orchestrator; nothing is counted yet. */
    public RalphMetrics(Orchestrator orchestrator) {
        this.orchestrator = Objects.requireNonNull(orchestrator, "orchestrator");
    }

    /**
     * Adds them to a registry, where they stay until the orchestrator is closed.
     *
     * @throws dev.ralph.OrchestratorClosedException if it is closed
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        orchestrator.measure(registry);
    }
}
