/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where a store's connections come from. Either {@code work} or {@code url} is given.
 *
 * @param work the host's
 * @param leases for renewing leases, or null for {@code work}
 * @param reading of a read-only copy, or null
 * @param signals for hearing and telling other nodes, or null
 * @param url for pools of the store's own
 * @param readUrl of a read-only copy, or null
 */
record JdbcSources(
        @Nullable DataSource work,
        @Nullable DataSource leases,
        @Nullable DataSource reading,
        @Nullable DataSource signals,
        @Nullable DatabaseUrl url,
        @Nullable DatabaseUrl readUrl) {}
