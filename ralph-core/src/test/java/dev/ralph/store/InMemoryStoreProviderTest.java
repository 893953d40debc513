/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.SecretSource;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoreProvider;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InMemoryStoreProviderTest {

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(StoreProvider.class))
                .hasAtLeastOneElementOfType(InMemoryStoreProvider.class)
                .extracting(StoreProvider::id)
                .containsOnlyOnce("memory");
    }

    @Test
    void makesAStoreOfItsOwnEveryTime() {
        InMemoryStoreProvider provider = new InMemoryStoreProvider();

        try (Store first = provider.create(context(Map.of()));
                Store second = provider.create(context(Map.of(InMemoryStoreProvider.ENDED_RUNS, " 5 ")))) {
            assertThat(first).isInstanceOf(InMemoryStore.class).isNotSameAs(second);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "", "1.5", "99999999999"})
    void refusesACountItCannotUse(String count) {
        ProviderContext context = context(Map.of(InMemoryStoreProvider.ENDED_RUNS, count));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new InMemoryStoreProvider().create(context))
                .withMessageContaining("RALPH_MEMORY_ENDED_RUNS '" + count + "' must be a whole number from 1");
    }

    private static ProviderContext context(Map<String, String> properties) {
        return new ProviderContext() {
            @Override
            public Optional<String> property(String name) {
                return Optional.ofNullable(properties.get(name));
            }

            @Override
            public SecretSource secrets() {
                return name -> Optional.empty();
            }

            @Override
            public ProcessLauncher processes() {
                throw new AssertionError("a store in memory starts no process");
            }

            @Override
            public InstantSource clock() {
                return InstantSource.system();
            }
        };
    }
}
