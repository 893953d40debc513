/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import org.jspecify.annotations.Nullable;

/**
 * Names that are unique in the whole store, made from names that are unique within a tenant: idempotency keys and subjects.
 * The tenant stands before a colon, its own colons written as {@code %3A}.
 *
 * @param tenant the tenant
 */
public record TenantScope(String tenant) {

    /** The name in the store. */
    public @Nullable String stored(@Nullable String name) {
        return name == null ? null : prefix() + name;
    }

    /** The name in the tenant; the name itself if it was stored otherwise. */
    public @Nullable String shown(@Nullable String stored) {
        return stored != null && stored.startsWith(prefix()) ? stored.substring(prefix().length()) : stored;
    }

    private String prefix() {
        return tenant.replace("%", "%25").replace(":", "%3A") + ":";
    }
}
