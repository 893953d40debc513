/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.redis;

import dev.ralph.ConfigurationException;
import dev.ralph.cache.redis.RedisCacheProvider;
import dev.ralph.cache.redis.RedisCaches;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Opens caches where the application's Redis is, or the one named for Ralph alone. */
final class HostRedis {

    private static final String DETAILS =
            "org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails";

    /** With these, the server is this host's if nothing is said; a connection factory of the application's says nothing. */
    private static final String OF_PROPERTIES =
            "org.springframework.boot.data.redis.autoconfigure.PropertiesDataRedisConnectionDetails";

    private static final String PREFIX = "spring.data.redis.";
    private static final List<String> WHERE =
            List.of("url", "host", "port", "sentinel.master", "cluster.nodes", "masterreplica.nodes");
    private static final List<String> NOT_TAKEN = List.of("timeout", "connect-timeout", "client-name");

    private static final Logger LOG = LoggerFactory.getLogger(HostRedis.class);

    private HostRedis() {}

    /**
     * Opens them.
     *
     * @throws ConfigurationException if no Redis is named, or one in a way the cache knows nothing of
     */
    static RedisCaches open(BeanFactory beans, ProviderContext context) {
        RedisCacheProvider provider = new RedisCacheProvider();
        boolean own = context.property(RedisCacheProvider.URL)
                .or(() -> context.secrets().find(RedisCacheProvider.URL).map(Secret::reveal))
                .isPresent();
        if (own) {
            return provider.create(context);
        }
        if (!ClassUtils.isPresent(DETAILS, HostRedis.class.getClassLoader())) {
            throw unnamed();
        }
        return Optional.ofNullable(
                        beans.getBeanProvider(DataRedisConnectionDetails.class).getIfUnique())
                .map(details -> open(provider, address(beans, details), context))
                .orElseThrow(HostRedis::unnamed);
    }

    private static RedisAddress address(BeanFactory beans, DataRedisConnectionDetails details) {
        Binder properties = Binder.get(beans.getBean(Environment.class));
        boolean assumed = details.getClass().getName().equals(OF_PROPERTIES)
                && WHERE.stream().noneMatch(name -> isSet(properties, name));
        if (assumed) {
            throw unnamed();
        }
        List<String> left = NOT_TAKEN.stream()
                .filter(name -> isSet(properties, name))
                .map(name -> PREFIX + name)
                .toList();
        if (!left.isEmpty()) {
            LOG.warn("Ralph's connections to Redis do not take {}; see ralph.redis-timeout-millis", left);
        }
        return RedisAddress.of(details);
    }

    private static boolean isSet(Binder properties, String name) {
        // A list may be written as one value, or an element at a time.
        return properties.bind(PREFIX + name, Bindable.listOf(String.class)).isBound();
    }

    private static RedisCaches open(RedisCacheProvider provider, RedisAddress address, ProviderContext context) {
        Map<String, String> values = new HashMap<>(Map.of(RedisCacheProvider.URL, address.url()));
        if (address.sentinelUser() != null) {
            values.put(RedisCacheProvider.SENTINEL_USERNAME, address.sentinelUser());
        }
        if (address.sentinelPassword() != null) {
            values.put(RedisCacheProvider.SENTINEL_PASSWORD, address.sentinelPassword());
        }
        if (!address.trusted().isEmpty()
                && context.property(RedisCacheProvider.CERTIFICATES).isEmpty()) {
            values.put(
                    RedisCacheProvider.CERTIFICATES,
                    certificates(address.trusted()).toString());
        }
        return provider.create(new With(context, Map.copyOf(values)));
    }

    private static Path certificates(String trusted) {
        try {
            Path file = Files.createTempFile("ralph-redis-", ".pem");
            Files.writeString(file, trusted);
            // Lettuce reads it for each connection it makes, so that it must outlive this call.
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("the certificates of spring.data.redis.ssl.bundle cannot be kept", e);
        }
    }

    private static ConfigurationException unnamed() {
        return new ConfigurationException("ralph.cache is 'redis', but the application does not say where Redis is; add"
                + " spring-boot-starter-data-redis and set spring.data.redis.url, set ralph.redis-url, or use"
                + " ralph.cache=memory");
    }

    /** A context in which some values are others. */
    private record With(ProviderContext context, Map<String, String> values) implements ProviderContext {

        /** What belongs to the application's own Redis; what is configured of sentinels belongs to another one. */
        private static final Set<String> OF_ITS_OWN =
                Set.of(RedisCacheProvider.SENTINEL_USERNAME, RedisCacheProvider.SENTINEL_PASSWORD);

        @Override
        public Optional<String> property(String name) {
            Optional<String> own = Optional.ofNullable(values.get(name));
            return OF_ITS_OWN.contains(name) ? own : own.or(() -> context.property(name));
        }

        @Override
        public SecretSource secrets() {
            return name -> OF_ITS_OWN.contains(name)
                    ? Optional.empty()
                    : context.secrets().find(name);
        }

        @Override
        public ProcessLauncher processes() {
            return context.processes();
        }

        @Override
        public InstantSource clock() {
            return context.clock();
        }

        /** Without the URL, which may hold a password. */
        @Override
        public String toString() {
            return "With[" + values.keySet() + "]";
        }
    }
}
