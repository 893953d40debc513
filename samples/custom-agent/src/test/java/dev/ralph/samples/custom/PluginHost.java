/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.custom;

import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** What a host offers its plug-ins: settings and one secret. */
record PluginHost(ProcessLauncher processes, Map<String, String> settings, Secret secret) implements ProviderContext {

    @Override
    public Optional<String> property(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    @Override
    public SecretSource secrets() {
        return name -> Optional.of(secret).filter(found -> found.name().equals(name));
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }
}
