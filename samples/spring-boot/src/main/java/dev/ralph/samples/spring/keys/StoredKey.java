/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is kept.
 *
 * @param key the key
 * @param hash of its secret
 * @param previousHash of the secret before the last rotation, or null
 * @param lifetime what it was issued for, and is good for again after each rotation
 */
record StoredKey(ApiKey key, String hash, @Nullable String previousHash, Duration lifetime) {

    /** Whether a secret with this hash is good now. */
    boolean accepts(String presented, Instant now) {
        boolean current = SecretText.same(hash, presented);
        Instant until = key.previousUntil();
        boolean previous = previousHash != null
                && SecretText.same(previousHash, presented)
                && until != null
                && now.isBefore(until);
        return current || previous;
    }

    /** Neither hash. */
    @Override
    public String toString() {
        return "StoredKey[" + key.id() + "]";
    }
}
