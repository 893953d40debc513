/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import dev.ralph.InvalidValueException;
import dev.ralph.samples.spring.access.AccessTrail;
import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.access.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Issues, rotates and revokes keys of the caller's own tenant. What is done is recorded in the audit trail before it is
 * committed: what cannot be recorded is not done.
 */
@Component
public final class Keys {

    private static final int MOST_LIVE = 1_000;
    private static final int LONGEST_NAME = 100;

    private final KeyStore store;
    private final KeyCache cache;
    private final KeySettings settings;
    private final AccessTrail trail;
    private final KeyTransactions transactions;

    Keys(KeyStore store, KeyCache cache, KeySettings settings, AccessTrail trail, KeyTransactions transactions) {
        this.store = store;
        this.cache = cache;
        this.settings = settings;
        this.trail = trail;
        this.transactions = transactions;
    }

    /**
     * Those of a tenant, the newest first; useless ones too.
     *
     * @param after the id of the last one of the page before, or null for the first page
     * @param limit how many at most
     * @throws KeyNotFoundException if the tenant has no key with the id
     */
    public List<ApiKey> list(String tenant, @Nullable String after, int limit) {
        if (after == null) {
            return store.list(tenant, limit);
        }
        ApiKey last = store.find(after)
                .map(StoredKey::key)
                .filter(key -> key.tenant().equals(tenant))
                .orElseThrow(() -> new KeyNotFoundException(after));
        return store.listAfter(last, limit);
    }

    /**
     * Issues a key.
     *
     * @param name what to call it, 1 to 100 characters
     * @param lifetime how long it is good; as configured if null
     * @throws InvalidValueException if the name or the lifetime is outside its range, or there are too many keys
     */
    public IssuedKey issue(Caller by, String name, Role role, @Nullable Duration lifetime) {
        requireName(name);
        Duration good = lifetime == null ? settings.lifetime() : lifetime;
        requireLifetime(good);
        return transactions.run(() -> {
            Instant now = now();
            if (store.countLive(by.tenant(), null, now) >= MOST_LIVE) {
                throw new InvalidValueException("keys", MOST_LIVE, "are the most a tenant may have; revoke one");
            }
            return insert(by, name, role, good, now, AccessTrail.KEY_ISSUED);
        });
    }

    /** Within the caller's transaction: the key of a tenant that has none. */
    IssuedKey issueFirst(Caller by, String name) {
        requireName(name);
        return insert(by, name, Role.ADMIN, settings.lifetime(), now(), AccessTrail.SET_UP);
    }

    /**
     * Gives a key another secret. The new one is good for as long as the key was to live when it was issued, but no longer than
     * keys may be today.
     *
     * @param grace how long the one before is good; zero if it has leaked, as configured if null
     * @throws InvalidValueException if the grace is negative or longer than the configured one
     * @throws KeyNotFoundException if the tenant has no good key with this id
     */
    public IssuedKey rotate(Caller by, String id, @Nullable Duration grace) {
        Duration both = grace == null ? settings.grace() : grace;
        if (both.isNegative() || both.compareTo(settings.grace()) > 0) {
            throw new InvalidValueException(
                    "grace", both, "must be from PT0S to " + settings.grace() + " (host.keys.grace)");
        }
        Instant now = now();
        IssuedKey issued = transactions.run(() -> {
            StoredKey before = store.find(id)
                    .filter(found -> found.key().tenant().equals(by.tenant()))
                    .filter(found -> found.key().revokedAt() == null
                            && now.isBefore(found.key().expiresAt()))
                    .orElseThrow(() -> new KeyNotFoundException(id));
            ApiKey key = before.key();
            Instant previousUntil = earlier(now.plus(both), key.expiresAt());
            Duration good = before.lifetime();
            Instant expiresAt = now.plus(good.compareTo(settings.maxLifetime()) < 0 ? good : settings.maxLifetime());
            String secret = SecretText.newSecret();
            if (!store.rotate(before, SecretText.hash(secret), previousUntil, expiresAt)) {
                throw new KeyNotFoundException(id);
            }
            trail.done(
                    by,
                    AccessTrail.KEY_ROTATED,
                    "key/" + id,
                    Map.of("expires", expiresAt.toString(), "previous_until", previousUntil.toString()));
            ApiKey after = new ApiKey(
                    id,
                    key.tenant(),
                    key.name(),
                    key.role(),
                    key.createdAt(),
                    key.createdBy(),
                    expiresAt,
                    previousUntil,
                    null,
                    key.lastUsedAt());
            return new IssuedKey(SecretText.key(id, secret), after);
        });
        cache.forget(id);
        return issued;
    }

    /**
     * Makes a key useless, on this instance at once and on all others within the time of their caches. Again changes nothing.
     *
     * @throws KeyNotFoundException if the tenant has no key with this id
     */
    public void revoke(Caller by, String id) {
        Instant now = now();
        transactions.run(() -> {
            boolean known = store.find(id)
                    .filter(found -> found.key().tenant().equals(by.tenant()))
                    .isPresent();
            if (!known) {
                throw new KeyNotFoundException(id);
            }
            boolean revoked = store.revoke(id, now);
            if (revoked) {
                trail.done(by, AccessTrail.KEY_REVOKED, "key/" + id, Map.of());
            }
            return revoked;
        });
        cache.forget(id);
    }

    private IssuedKey insert(Caller by, String name, Role role, Duration lifetime, Instant now, String action) {
        String id = SecretText.newId();
        String secret = SecretText.newSecret();
        ApiKey key = new ApiKey(
                id, by.tenant(), name.strip(), role, now, by.principal(), now.plus(lifetime), null, null, null);
        store.insert(key, SecretText.hash(secret));
        trail.done(
                by,
                action,
                "key/" + id,
                Map.of("role", role.name(), "expires", key.expiresAt().toString()));
        return new IssuedKey(SecretText.key(id, secret), key);
    }

    private void requireLifetime(Duration lifetime) {
        if (lifetime.compareTo(Duration.ofMinutes(1)) < 0 || lifetime.compareTo(settings.maxLifetime()) > 0) {
            throw new InvalidValueException(
                    "lifetime",
                    lifetime,
                    "must be from PT1M to " + settings.maxLifetime() + " (host.keys.max-lifetime)");
        }
    }

    private static void requireName(String name) {
        if (name.isBlank()
                || name.length() > LONGEST_NAME
                || name.chars().anyMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c))) {
            throw new InvalidValueException(
                    "name", name.length() + " characters", "must be 1 to 100 characters without controls");
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** As databases keep it. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
