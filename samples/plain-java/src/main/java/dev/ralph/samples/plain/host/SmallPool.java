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
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of a process that works on a few runs: fewer connections than a service keeps, unless something else is
 * configured.
 *
 * @param configured what the user says
 * @param most connections at most
 */
record SmallPool(ProviderContext configured, int most) implements ProviderContext {

    private static final Set<String> NAMES = Set.of(JdbcStoreProvider.POOL_SIZE, JdbcStoreProvider.MAX_OVERFLOW);

    @Override
    public Optional<String> property(String name) {
        return configured.property(name).or(() -> untouched() ? otherwise(name) : Optional.empty());
    }

    private Optional<String> otherwise(String name) {
        return switch (name) {
            case JdbcStoreProvider.POOL_SIZE -> Optional.of("1");
            case JdbcStoreProvider.MAX_OVERFLOW -> Optional.of(Integer.toString(most));
            default -> Optional.empty();
        };
    }

    /** One that is configured says what the other may be. */
    private boolean untouched() {
        return NAMES.stream().allMatch(name -> configured.property(name).isEmpty());
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
