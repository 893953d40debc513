/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import org.jspecify.annotations.Nullable;

/**
 * By what sentinels are asked, which have users and passwords of their own. Never shown.
 *
 * @param user of their access control list; null for the default user
 * @param password null if they have none
 */
record SentinelLogin(@Nullable String user, @Nullable String password) {

    static final SentinelLogin NONE = new SentinelLogin(null, null);

    @Override
    public String toString() {
        return "SentinelLogin[" + (password == null ? "none" : "***") + "]";
    }
}
