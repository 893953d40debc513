/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.health.HealthProbe;
import dev.ralph.health.HealthSource;
import dev.ralph.internal.health.AgentsProbe;
import dev.ralph.internal.health.ContainmentCheck;
import dev.ralph.internal.health.DiskProbe;
import dev.ralph.internal.health.LeasesProbe;
import dev.ralph.internal.health.MemoryProbe;
import dev.ralph.internal.health.MemoryReader;
import dev.ralph.internal.health.ProbedHealth;
import dev.ralph.internal.health.SystemWatch;
import dev.ralph.internal.worker.WorkerServices;
import dev.ralph.spi.AgentProbe;
import dev.ralph.spi.Dispatcher;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What is looked at for an orchestrator's health.
 *
 * @param probes the host's own
 * @param sources the parts that tell of themselves
 * @param clock for times of reports
 */
record HealthSettings(List<HealthProbe> probes, Collection<HealthSource> sources, InstantSource clock) {

    /**
     * The health of an orchestrator.
     *
     * @param closing whether it takes no more work
     * @throws dev.ralph.ConfigurationException if two probes have one name
     */
    ProbedHealth of(WorkerServices services, Dispatcher dispatcher, BooleanSupplier closing) {
        MemoryReader memory = new MemoryReader(Path.of("/"));
        Set<Path> folders = new LinkedHashSet<>();
        folders.add(services.processes().privateFolder());
        sources.forEach(source -> folders.addAll(source.diskFolders()));
        List<HealthProbe> all = new ArrayList<>();
        sources.forEach(source -> all.addAll(source.healthProbes()));
        if (dispatcher.works()) {
            Map<String, Supplier<AgentProbe>> agents = new LinkedHashMap<>();
            services.agents()
                    .ids()
                    .forEach(id -> agents.put(id, () -> services.agents().probe(id)));
            all.add(new AgentsProbe(agents, services.agents().named()));
            all.add(new ContainmentCheck(services.processes().containment()));
            all.add(new LeasesProbe(services.leases()::standing));
        }
        all.add(new DiskProbe(folders));
        all.add(new MemoryProbe(memory));
        all.addAll(probes);
        return new ProbedHealth(
                all,
                closing,
                new SystemWatch(memory, clock, System::nanoTime),
                clock,
                System::nanoTime,
                services.redactor()::redact);
    }
}
