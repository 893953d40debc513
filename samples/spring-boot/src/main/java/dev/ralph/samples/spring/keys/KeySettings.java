/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import dev.ralph.InvalidValueException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long keys live.
 *
 * @param lifetime of a key that is issued without one
 * @param maxLifetime the longest that may be asked for
 * @param grace how long the old secret is good beside the new one when a key is rotated; at most 7 days
 * @param cache how long an instance remembers a key, which is how long another instance's revocation may take here; at most 5
 *     seconds
 * @param setupLifetime how long a set-up token is good; the next start makes another one
 * @param setupToken when a start prints one
 */
@ConfigurationProperties("host.keys")
public record KeySettings(
        @DefaultValue("90d") Duration lifetime,
        @DefaultValue("365d") Duration maxLifetime,
        @DefaultValue("24h") Duration grace,
        @DefaultValue("2s") Duration cache,
        @DefaultValue("24h") Duration setupLifetime,
        @DefaultValue("AUTO") SetupAnnouncement setupToken) {

    private static final Duration LONGEST_GRACE = Duration.ofDays(7);
    private static final Duration LONGEST_CACHE = Duration.ofSeconds(5);

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if one is outside its range
     */
    public KeySettings {
        require("host.keys.max-lifetime", maxLifetime, Duration.ofMinutes(1), Duration.ofDays(3650));
        require("host.keys.lifetime", lifetime, Duration.ofMinutes(1), maxLifetime);
        require("host.keys.grace", grace, Duration.ZERO, LONGEST_GRACE);
        require("host.keys.cache", cache, Duration.ZERO, LONGEST_CACHE);
        require("host.keys.setup-lifetime", setupLifetime, Duration.ofMinutes(1), Duration.ofDays(7));
    }

    private static void require(String field, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidValueException(field, value, "must be from " + least + " to " + most);
        }
    }
}
