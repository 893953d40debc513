/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ralph.samples.spring.access.AccessSettings;
import dev.ralph.samples.spring.access.Login;
import dev.ralph.samples.spring.access.TokenCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Looks at API keys. */
@Component
final class KeyCheck implements TokenCheck {

    private static final Logger LOG = LoggerFactory.getLogger(KeyCheck.class);

    /** How exactly it is known when a key was last used. */
    private static final Duration LAST_USED = Duration.ofMinutes(10);

    private static final long MOST_REMEMBERED = 10_000;
    private static final String NO_HASH = SecretText.hash("");

    private final KeyCache keys;
    private final KeyStore store;
    private final Set<String> tenants;
    private final Cache<String, Instant> used = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(LAST_USED)
            .build();

    KeyCheck(KeyCache keys, KeyStore store, AccessSettings settings) {
        this.keys = keys;
        this.store = store;
        this.tenants = Set.copyOf(settings.tenants());
    }

    @Override
    public boolean knows(String token) {
        return token.startsWith(SecretText.KEY_PREFIX);
    }

    @Override
    public Login check(String token) {
        Optional<SecretText.Presented> presented = SecretText.readKey(token);
        if (presented.isEmpty()) {
            return Login.Refused.of("form of a key");
        }
        try {
            return check(presented.get());
        } catch (DataAccessException e) {
            LOG.debug("A key cannot be looked up", e);
            return new Login.Unavailable("the database");
        }
    }

    private Login check(SecretText.Presented presented) {
        Optional<StoredKey> found = keys.find(presented.id());
        if (found.isEmpty()) {
            SecretText.same(NO_HASH, presented.hash());
            return Login.Refused.of("no such key");
        }
        StoredKey stored = found.get();
        ApiKey key = stored.key();
        Instant now = Instant.now();
        if (!stored.accepts(presented.hash(), now)) {
            return refused("secret", key);
        }
        if (key.revokedAt() != null) {
            return refused("revoked", key);
        }
        if (!now.isBefore(key.expiresAt())) {
            return refused("expired", key);
        }
        if (!tenants.contains(key.tenant())) {
            return refused("tenant", key);
        }
        remember(key, now);
        return new Login.Accepted(key.principal(), key.tenant(), key.role());
    }

    private void remember(ApiKey key, Instant now) {
        if (used.asMap().putIfAbsent(key.id(), now) == null) {
            store.used(key.id(), now);
        }
    }

    private static Login refused(String reason, ApiKey key) {
        return new Login.Refused(reason, key.principal(), key.tenant());
    }
}
