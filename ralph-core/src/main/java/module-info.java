/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Runs AI coding agents in a loop: API, SPI, the loop, the process toolkit, the in-memory store. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Micrometer has no module descriptor.
module dev.ralph.core {
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
    requires org.slf4j;
    // Only for hosts that start the health endpoint.
    requires static jdk.httpserver;
    requires static transitive org.jspecify;
    requires transitive micrometer.commons;
    requires transitive micrometer.core;
    requires transitive micrometer.observation;

    exports dev.ralph;
    exports dev.ralph.agent;
    exports dev.ralph.agent.cli;
    exports dev.ralph.artifact;
    exports dev.ralph.audit;
    exports dev.ralph.cache;
    exports dev.ralph.event;
    exports dev.ralph.gate;
    exports dev.ralph.health;
    exports dev.ralph.log;
    exports dev.ralph.metrics;
    exports dev.ralph.observation;
    exports dev.ralph.process;
    exports dev.ralph.spi;
    exports dev.ralph.store;
    exports dev.ralph.workspace;

    // Jackson reads the components of the state's records.
    opens dev.ralph.internal.machine to
            com.fasterxml.jackson.databind;

    uses dev.ralph.cache.CacheProvider;
    uses dev.ralph.spi.AgentAdapterProvider;
    uses dev.ralph.spi.ArtifactStoreProvider;
    uses dev.ralph.spi.DispatcherProvider;
    uses dev.ralph.spi.GateProvider;
    uses dev.ralph.spi.SecretSourceProvider;
    uses dev.ralph.spi.StoreProvider;
    uses dev.ralph.spi.WorkspaceProvider;

    provides dev.ralph.cache.CacheProvider with
            dev.ralph.cache.MemoryCacheProvider;
    provides dev.ralph.spi.AgentAdapterProvider with
            dev.ralph.agent.CommandAgentProvider;
    provides dev.ralph.spi.ArtifactStoreProvider with
            dev.ralph.artifact.FileArtifactStoreProvider;
    provides dev.ralph.spi.GateProvider with
            dev.ralph.gate.CommandGateProvider;
    provides dev.ralph.spi.StoreProvider with
            dev.ralph.store.InMemoryStoreProvider;
    provides dev.ralph.spi.WorkspaceProvider with
            dev.ralph.workspace.DirectoryWorkspaceProvider,
            dev.ralph.workspace.GitWorkspaceProvider;
}
