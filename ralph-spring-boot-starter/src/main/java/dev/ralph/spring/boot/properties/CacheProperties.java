/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.properties;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * What {@code ralph-cache-redis} reads. What is null is not set: the library's default counts.
 *
 * @param redisUrl A Redis of Ralph's own, in place of the one spring.data.redis describes; may be a secret named REDIS_URL.
 * @param redisPoolSize Connections kept open for calls, which share them, 1 to 1000.
 * @param redisTtl How long a value stays in Redis at most.
 * @param redisKeyPrefix What names of keys begin with; installations that share a Redis need different ones.
 * @param redisTimeoutMillis How long a question waits for Redis at most, in milliseconds, 1 to 60000.
 * @param redisCertificates PEM file with the certificates to trust with TLS.
 * @param redisSentinelUsername By which user sentinels of ralph.redis-url are asked; their default user by default.
 * @param redisSentinelPassword The password these sentinels have of their own; may be a secret named REDIS_SENTINEL_PASSWORD.
 */
@ConfigurationProperties("ralph")
public record CacheProperties(
        @LibraryName("REDIS_URL") @Nullable String redisUrl,
        @LibraryName("REDIS_POOL_SIZE") @Nullable Integer redisPoolSize,

        @LibraryName("REDIS_TTL") @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration redisTtl,

        @LibraryName("REDIS_KEY_PREFIX") @Nullable String redisKeyPrefix,
        @LibraryName("REDIS_TIMEOUT_MILLIS") @Nullable Integer redisTimeoutMillis,
        @LibraryName("REDIS_CERTIFICATES") @Nullable String redisCertificates,
        @LibraryName("REDIS_SENTINEL_USERNAME") @Nullable String redisSentinelUsername,
        @LibraryName("REDIS_SENTINEL_PASSWORD") @Nullable String redisSentinelPassword) {

    /** Without the URL, which may hold a password, and without that of sentinels. */
    @Override
    public String toString() {
        return "CacheProperties[redisPoolSize=" + redisPoolSize + ", redisKeyPrefix=" + redisKeyPrefix + "]";
    }
}
