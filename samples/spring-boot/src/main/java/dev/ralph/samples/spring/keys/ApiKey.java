/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import dev.ralph.samples.spring.access.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key, without its secret.
 *
 * @param id the part of it that is no secret
 * @param tenant where it is good
 * @param name what people call it
 * @param role what it may do
 * @param createdAt when it was issued
 * @param createdBy by whom
 * @param expiresAt from when on it is useless
 * @param previousUntil until when the secret before the last rotation is good, or null
 * @param revokedAt when it was revoked, or null
 * @param lastUsedAt when it was last used, to ten minutes; null if never
 */
public record ApiKey(
        String id,
        String tenant,
        String name,
        Role role,
        Instant createdAt,
        String createdBy,
        Instant expiresAt,
        @Nullable Instant previousUntil,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {

    /** Who acts by it, in the audit trail. */
    String principal() {
        return "key:" + id;
    }
}
