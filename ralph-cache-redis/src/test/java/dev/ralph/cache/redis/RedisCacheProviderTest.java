/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ralph.ConfigurationException;
import dev.ralph.cache.CacheProvider;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RedisCacheProviderTest {

    private record Context(Map<String, String> values, Map<String, String> hidden) implements ProviderContext {

        @Override
        public Optional<String> property(String name) {
            return Optional.ofNullable(values.get(name));
        }

        @Override
        public SecretSource secrets() {
            return name -> Optional.ofNullable(hidden.get(name)).map(value -> new Secret(name, value));
        }

        @Override
        public ProcessLauncher processes() {
            throw new UnsupportedOperationException();
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }
    }

    private static CacheProvider provider() {
        return ServiceLoader.load(CacheProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.id().equals("redis"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Tag("integration")
    void itIsFoundAndTakesTheUrlFromASecret() throws Exception {
        try (RedisProcess redis = RedisProcess.start();
                RedisCaches caches = (RedisCaches) provider()
                        .create(new Context(
                                Map.of(
                                        RedisCacheProvider.POOL_SIZE, "1",
                                        RedisCacheProvider.TTL, "60",
                                        RedisCacheProvider.KEY_PREFIX, "mine"),
                                Map.of(RedisCacheProvider.URL, redis.url())))) {
            TestRegions.load(caches.region(TestRegions.TEXTS), "key", "value", 1);

            assertThat(redis.command("KEYS *")).contains("mine:{texts.").doesNotContain("ralph:");
        }
    }

    @Test
    void withoutAUrlItSaysWhatIsMissing() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> provider().create(new Context(Map.of(), Map.of())))
                .withMessageContaining("URL");
    }

    @Test
    void aValueThatIsNoNumberOrOutsideItsRangeIsNamed() {
        Throwable text = catchThrowable(() ->
                provider().create(new Context(Map.of(RedisCacheProvider.POOL_SIZE, "many"), Map.of())));
        Throwable range = catchThrowable(() ->
                provider().create(new Context(Map.of(RedisCacheProvider.POOL_SIZE, "0"), Map.of())));

        assertThat(text).isInstanceOf(ConfigurationException.class).hasMessageContaining("REDIS_POOL_SIZE 'many'");
        assertThat(range).isInstanceOf(ConfigurationException.class).hasMessageContaining("REDIS_POOL_SIZE");
    }
}
