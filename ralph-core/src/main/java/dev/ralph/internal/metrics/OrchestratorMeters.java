/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.metrics;

import dev.ralph.OrchestratorClosedException;
import dev.ralph.cache.CacheFigures;
import dev.ralph.cache.OuterTierStatus;
import dev.ralph.internal.health.ProbedHealth;
import dev.ralph.internal.monitor.WorkMonitor;
import dev.ralph.internal.monitor.WorkMonitors;
import dev.ralph.spi.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The meters of an orchestrator in the registries a host names. Nothing is counted while there is none. Thread-safe. */
public final class OrchestratorMeters implements AutoCloseable {

    /**
     * What is measured.
     *
     * @param monitors tell what happens
     * @param store is asked for its queue and budgets
     * @param background where it is asked
     * @param agents ids of the agents of this node
     * @param caches what the caches did, by region
     * @param outerTier how it stands with their outer tier, if they have one
     * @param health what checks found
     * @param nanoTime a monotonic clock
     */
    public record Sources(
            WorkMonitors monitors,
            Store store,
            Executor background,
            List<String> agents,
            Supplier<Map<String, CacheFigures>> caches,
            Supplier<Optional<OuterTierStatus>> outerTier,
            ProbedHealth health,
            LongSupplier nanoTime) {}

    private final Sources sources;
    private final ReentrantLock lock = new ReentrantLock();
    private final IdentityHashMap<MeterRegistry, Binding> bound = new IdentityHashMap<>();
    private boolean closed;

    /** Measures nothing yet. */
    public OrchestratorMeters(Sources sources) {
        this.sources = sources;
    }

    /**
     * Adds the meters to a registry; again changes nothing.
     *
     * @throws OrchestratorClosedException once this is closed
     */
    public void bindTo(MeterRegistry registry) {
        lock.lock();
        try {
            if (closed) {
                throw new OrchestratorClosedException("this orchestrator is closed and measures nothing any more");
            }
            if (!bound.containsKey(registry)) {
                bound.put(registry, bind(new OwnMeters(registry)));
            }
        } finally {
            lock.unlock();
        }
    }

    private Binding bind(OwnMeters meters) {
        try {
            StoreMeters store = new StoreMeters(meters, sources.store, sources.background, sources.nanoTime);
            RunsAtWork atWork = new RunsAtWork(meters, sources.nanoTime);
            CacheMeters.add(meters, sources.caches, sources.outerTier);
            HealthMeters.add(meters, sources.health);
            MeteredWork work = new MeteredWork(meters, atWork, sources.agents, store::budgetUsed);
            sources.monitors.add(work);
            return new Binding(meters, work);
        } catch (RuntimeException e) {
            meters.close();
            throw e;
        }
    }

    /** Takes the meters out of all registries. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            bound.values().forEach(this::end);
            bound.clear();
        } finally {
            lock.unlock();
        }
    }

    private void end(Binding binding) {
        sources.monitors.remove(binding.work);
        binding.meters.close();
    }

    private record Binding(OwnMeters meters, WorkMonitor work) {}
}
