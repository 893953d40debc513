/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Remembers for a moment which keys there are, and which there are not, so that not every request asks the database. What this
 * instance changes it forgets at once; what another one changes, when the moment is over.
 */
@Component
final class KeyCache {

    private static final long MOST = 10_000;

    private final KeyStore store;
    private final Cache<String, Optional<StoredKey>> keys;

    KeyCache(KeyStore store, KeySettings settings) {
        this.store = store;
        this.keys = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(settings.cache())
                .build();
    }

    Optional<StoredKey> find(String id) {
        return keys.get(id, store::find);
    }

    void forget(String id) {
        keys.invalidate(id);
    }
}
