/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import dev.ralph.InvalidValueException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How Redis is used.
 *
 * @param connections kept open for calls, which share them, beside one for the subscription; in a cluster so many to each node
 * @param ttl how long a value stays in Redis at most, whatever its region says
 * @param keyPrefix what the names of keys and of the channel begin with: installations that share a Redis need different ones
 * @param callTimeout how long a question or an invalidation waits for Redis at most, all its calls together
 * @param connectTimeout how long opening waits for a connection
 * @param ping how often a process tells itself something; a subscription that breaks without a sign is noticed within twice
 *     this time, and then everything this process holds is dropped
 */
public record RedisCacheConfig(
        int connections, Duration ttl, String keyPrefix, Duration callTimeout, Duration connectTimeout, Duration ping) {

    private static final int MOST_CONNECTIONS = 1000;
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:._-]{0,99}");

    /** 4 connections, an hour, {@code ralph}, 100 ms, 2 s and 1 s. */
    public static final RedisCacheConfig DEFAULT = new RedisCacheConfig(
            4, Duration.ofHours(1), "ralph", Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(1));

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if one is outside its range
     */
    public RedisCacheConfig {
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new InvalidValueException("connections", connections, "must be from 1 to " + MOST_CONNECTIONS);
        }
        if (!PREFIX.matcher(keyPrefix).matches()) {
            throw new InvalidValueException(
                    "keyPrefix", keyPrefix, "must be up to 100 letters, digits and ':', '.', '_', '-'");
        }
        requireWithin("ttl", ttl, Duration.ofMillis(1), Duration.ofDays(365));
        requireWithin("callTimeout", callTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
        requireWithin("connectTimeout", connectTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
        requireWithin("ping", ping, Duration.ofMillis(10), Duration.ofMinutes(1));
    }

    public RedisCacheConfig withConnections(int number) {
        return new RedisCacheConfig(number, ttl, keyPrefix, callTimeout, connectTimeout, ping);
    }

    public RedisCacheConfig withTtl(Duration longest) {
        return new RedisCacheConfig(connections, longest, keyPrefix, callTimeout, connectTimeout, ping);
    }

    public RedisCacheConfig withKeyPrefix(String prefix) {
        return new RedisCacheConfig(connections, ttl, prefix, callTimeout, connectTimeout, ping);
    }

    public RedisCacheConfig withCallTimeout(Duration timeout) {
        return new RedisCacheConfig(connections, ttl, keyPrefix, timeout, connectTimeout, ping);
    }

    public RedisCacheConfig withConnectTimeout(Duration timeout) {
        return new RedisCacheConfig(connections, ttl, keyPrefix, callTimeout, timeout, ping);
    }

    public RedisCacheConfig withPing(Duration every) {
        return new RedisCacheConfig(connections, ttl, keyPrefix, callTimeout, connectTimeout, every);
    }

    private static void requireWithin(String field, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidValueException(field, value, "must be from " + least + " to " + most);
        }
    }
}
