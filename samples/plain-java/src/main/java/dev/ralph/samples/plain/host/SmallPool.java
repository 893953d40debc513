/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.SecretSource;
import dev.ralph.store.jdbc.JdbcStoreProvider;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of a process that works on one run: fewer connections than a service keeps, unless something else is
 * configured.
 */
record SmallPool(ProviderContext configured) implements ProviderContext {

    private static final Map<String, String> DEFAULTS =
            Map.of(JdbcStoreProvider.POOL_SIZE, "1", JdbcStoreProvider.MAX_OVERFLOW, "5");

    @Override
    public Optional<String> property(String name) {
        return configured
                .property(name)
                .or(() -> untouched() ? Optional.ofNullable(DEFAULTS.get(name)) : Optional.empty());
    }

    /** One that is configured says what the other may be. */
    private boolean untouched() {
        return DEFAULTS.keySet().stream()
                .allMatch(name -> configured.property(name).isEmpty());
    }

    @Override
    public SecretSource secrets() {
        return configured.secrets();
    }

    @Override
    public ProcessLauncher processes() {
        return configured.processes();
    }

    @Override
    public InstantSource clock() {
        return configured.clock();
    }
}
