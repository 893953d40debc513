/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Runs kept in a database: PostgreSQL for any number of nodes, H2 for a single process. Begin with {@link
 * dev.ralph.store.jdbc.JdbcStore#builder}, or set {@code RALPH_STORE=jdbc}.
 */
@NullMarked
package dev.ralph.store.jdbc;

import org.jspecify.annotations.NullMarked;
