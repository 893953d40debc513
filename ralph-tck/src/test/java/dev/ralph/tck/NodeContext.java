/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.SecretSource;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** What a node offers the plug-ins it makes; no secrets. */
record NodeContext(Map<String, String> properties, ProcessLauncher processes) implements ProviderContext {

    @Override
    public Optional<String> property(String name) {
        return Optional.ofNullable(properties.get(name));
    }

    @Override
    public SecretSource secrets() {
        return name -> Optional.empty();
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }
}
