/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import dev.ralph.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Says where Redis is and how to use it. {@link #url} is needed. Not thread-safe. */
public final class RedisCachesBuilder {

    private @Nullable RedisUrl url;
    private SentinelLogin sentinels = SentinelLogin.NONE;
    private @Nullable Path certificates;
    private RedisCacheConfig config = RedisCacheConfig.DEFAULT;
    private LongSupplier nanoTime = System::nanoTime;

    RedisCachesBuilder() {}

    /**
     * One server ({@code redis://user:password@host:port/database}), one that sentinels name
     * ({@code redis-sentinel://user:password@host:port,host:port/database#master}) or a cluster
     * ({@code redis-cluster://user:password@host:port,host:port}); with {@code rediss} for TLS. What is special in URLs is
     * percent-encoded. User and password are those of the servers; for those of sentinels see {@link #sentinelLogin}. Never logged.
     *
     * @throws ConfigurationException if it is of no such form
     */
    public RedisCachesBuilder url(String text) {
        url = RedisUrl.parse(text);
        return this;
    }

    /**
     * By what sentinels are asked, if they have a password of their own. Never logged.
     *
     * @param user of their access control list; null for the default user
     * @param password null if they have none
     * @throws ConfigurationException if there is a user without a password
     */
    public RedisCachesBuilder sentinelLogin(@Nullable String user, @Nullable String password) {
        if (user != null && password == null) {
            throw new ConfigurationException(
                    "sentinels are to be asked by a user without a password; give both, or none");
        }
        sentinels = new SentinelLogin(user, password);
        return this;
    }

    /** A PEM file with the certificates to trust with TLS, in place of those the JVM trusts; null for those. */
    public RedisCachesBuilder trustedCertificates(@Nullable Path file) {
        certificates = file;
        return this;
    }

    boolean namesSentinels() {
        return url != null && url.kind() == RedisUrl.Kind.SENTINELS;
    }

    /** How Redis is used. */
    public RedisCachesBuilder config(RedisCacheConfig values) {
        config = values;
        return this;
    }

    /** For tests: the monotonic clock by which what this process holds grows old. */
    RedisCachesBuilder nanoTime(LongSupplier clock) {
        nanoTime = clock;
        return this;
    }

    /**
     * Opens it. Blocks for as long as {@link RedisCacheConfig#connectTimeout()} at most for each connection. If Redis cannot be
     * reached, it goes on without, and connects later.
     *
     * @throws ConfigurationException if there is no URL, the certificates cannot be read, or Redis refuses user, password or
     *     what the cache needs
     */
    public RedisCaches build() {
        RedisUrl where = url;
        if (where == null) {
            throw new ConfigurationException("a Redis cache needs the URL of Redis: " + RedisUrl.FORMS);
        }
        if (sentinels.password() != null && where.kind() != RedisUrl.Kind.SENTINELS) {
            throw new ConfigurationException("there is a password for sentinels, but the URL of Redis names none");
        }
        if (certificates != null && !Files.isReadable(certificates)) {
            throw new ConfigurationException("the file of trusted certificates " + certificates + " cannot be read");
        }
        RedisCaches caches = new RedisCaches(
                where, config, LettuceServers.of(where, sentinels, config.connectTimeout(), certificates), nanoTime);
        try {
            caches.start();
            return caches;
        } catch (RuntimeException e) {
            caches.close();
            throw e;
        }
    }
}
