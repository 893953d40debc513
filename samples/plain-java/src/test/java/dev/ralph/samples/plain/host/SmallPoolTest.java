/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.SecretSource;
import dev.ralph.store.jdbc.JdbcStoreConfig;
import dev.ralph.store.jdbc.JdbcStoreProvider;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SmallPoolTest {

    @Test
    void aCommandNeedsFewConnections() {
        JdbcStoreConfig config = config(Map.of());

        assertThat(config.poolSize()).isEqualTo(1);
        assertThat(config.maxConnections()).isEqualTo(5);
    }

    @Test
    void oneConfiguredNumberIsAsGoodAsTwo() {
        JdbcStoreConfig pool = config(Map.of(JdbcStoreProvider.POOL_SIZE, "20"));
        JdbcStoreConfig most = config(Map.of(JdbcStoreProvider.MAX_OVERFLOW, "60"));

        assertThat(pool.poolSize()).isEqualTo(20);
        assertThat(pool.maxConnections()).isEqualTo(40);
        assertThat(most.maxConnections()).isEqualTo(60);
    }

    private static JdbcStoreConfig config(Map<String, String> properties) {
        return JdbcStoreProvider.config(new SmallPool(new Configured(properties), 5));
    }

    private record Configured(Map<String, String> properties) implements ProviderContext {

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
            throw new UnsupportedOperationException("the store starts no processes");
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }
    }
}
