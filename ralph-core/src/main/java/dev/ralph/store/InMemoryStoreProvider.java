/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store;

import dev.ralph.ConfigurationException;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoreProvider;
import java.util.Set;

/** Makes {@link InMemoryStore}: id {@code memory}. */
public final class InMemoryStoreProvider implements StoreProvider {

    /** How many ended runs to keep; {@link InMemoryStore#DEFAULT_ENDED_RUNS} if not set. */
    public static final String ENDED_RUNS = "RALPH_MEMORY_ENDED_RUNS";

    /** For the service loader. */
    public InMemoryStoreProvider() {}

    @Override
    public String id() {
        return "memory";
    }

    @Override
    public Set<String> properties() {
        return Set.of(ENDED_RUNS);
    }

    @Override
    public Store create(ProviderContext context) {
        int endedRuns =
                context.property(ENDED_RUNS).map(InMemoryStoreProvider::count).orElse(InMemoryStore.DEFAULT_ENDED_RUNS);
        return new InMemoryStore(context.clock(), endedRuns);
    }

    private static int count(String text) {
        String rule = ENDED_RUNS + " '" + text + "' must be a whole number from 1 to " + Integer.MAX_VALUE
                + ": how many ended runs the in-memory store keeps";
        try {
            int count = Integer.parseInt(text.strip());
            if (count < 1) {
                throw new ConfigurationException(rule);
            }
            return count;
        } catch (NumberFormatException e) {
            throw new ConfigurationException(rule, e);
        }
    }
}
