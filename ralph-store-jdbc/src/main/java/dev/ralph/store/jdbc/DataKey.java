/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.util.UUID;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A key that seals content. Shows itself to nobody.
 *
 * @param id under which what it sealed names it
 */
record DataKey(UUID id, SecretKey key) {

    static @Nullable UUID idOf(@Nullable DataKey key) {
        return key == null ? null : key.id;
    }

    @Override
    public String toString() {
        return "DataKey[" + id + "]";
    }
}
