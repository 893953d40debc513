/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.cache.CacheProvider;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Makes {@link RedisCaches}: id {@code redis}. */
public final class RedisCacheProvider implements CacheProvider {

    /** Where Redis is, as {@link RedisCachesBuilder#url} takes it; may also be a secret of that name. */
    public static final String URL = "REDIS_URL";

    /** Connections kept open, which calls share; 4. */
    public static final String POOL_SIZE = "REDIS_POOL_SIZE";

    /** How many seconds a value stays in Redis at most, whatever its region says; 3600. */
    public static final String TTL = "REDIS_TTL";

    /** What the names of keys begin with; {@code ralph}. */
    public static final String KEY_PREFIX = "REDIS_KEY_PREFIX";

    /** How many milliseconds a question waits for Redis at most; 100. */
    public static final String TIMEOUT = "REDIS_TIMEOUT_MILLIS";

    /** A PEM file with the certificates to trust with TLS; those the JVM trusts if not set. */
    public static final String CERTIFICATES = "REDIS_CERTIFICATES";

    /** By which user sentinels are asked; their default user if not set. Read only where {@link #URL} names sentinels. */
    public static final String SENTINEL_USERNAME = "REDIS_SENTINEL_USERNAME";

    /** The password sentinels have of their own, if they have one; may also be a secret of that name. */
    public static final String SENTINEL_PASSWORD = "REDIS_SENTINEL_PASSWORD";

    /** For the service loader. */
    public RedisCacheProvider() {}

    @Override
    public String id() {
        return "redis";
    }

    @Override
    public Set<String> properties() {
        return Set.of(URL, POOL_SIZE, TTL, KEY_PREFIX, TIMEOUT, CERTIFICATES, SENTINEL_USERNAME, SENTINEL_PASSWORD);
    }

    @Override
    public RedisCaches create(ProviderContext context) {
        RedisCachesBuilder builder = RedisCaches.builder()
                .config(config(context))
                .trustedCertificates(certificates(context).orElse(null));
        context.property(URL)
                .or(() -> context.secrets().find(URL).map(Secret::reveal))
                .ifPresent(builder::url);
        if (builder.namesSentinels()) {
            // Looked for as a secret in any case: one that is handed out is masked wherever it is printed.
            Optional<String> secret = context.secrets().find(SENTINEL_PASSWORD).map(Secret::reveal);
            builder.sentinelLogin(
                    context.property(SENTINEL_USERNAME).orElse(null),
                    context.property(SENTINEL_PASSWORD).or(() -> secret).orElse(null));
        }
        return builder.build();
    }

    private static RedisCacheConfig config(ProviderContext context) {
        RedisCacheConfig defaults = RedisCacheConfig.DEFAULT;
        try {
            return defaults.withConnections(number(context, POOL_SIZE, defaults.connections()))
                    .withTtl(Duration.ofSeconds(
                            number(context, TTL, (int) defaults.ttl().toSeconds())))
                    .withCallTimeout(Duration.ofMillis(number(
                            context, TIMEOUT, (int) defaults.callTimeout().toMillis())))
                    .withKeyPrefix(context.property(KEY_PREFIX).orElse(defaults.keyPrefix()));
        } catch (InvalidValueException e) {
            throw new ConfigurationException(
                    "one of " + POOL_SIZE + ", " + TTL + ", " + TIMEOUT + " and " + KEY_PREFIX
                            + " is outside its range: " + e.getMessage(),
                    e);
        }
    }

    private static Optional<Path> certificates(ProviderContext context) {
        return context.property(CERTIFICATES).map(text -> {
            try {
                return Path.of(text.strip());
            } catch (InvalidPathException e) {
                throw new ConfigurationException(CERTIFICATES + " '" + text + "' must be the path of a file", e);
            }
        });
    }

    private static int number(ProviderContext context, String name, int otherwise) {
        return context.property(name)
                .map(text -> {
                    try {
                        return Integer.valueOf(text.strip());
                    } catch (NumberFormatException e) {
                        throw new ConfigurationException(name + " '" + text + "' must be a whole number", e);
                    }
                })
                .orElse(otherwise);
    }
}
