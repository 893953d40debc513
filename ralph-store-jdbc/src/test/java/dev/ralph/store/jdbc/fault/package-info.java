/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Faults that a store and its nodes have to survive, with real processes and a real database: {@code mvn -Pfault}. */
@NullMarked
package dev.ralph.store.jdbc.fault;

import org.jspecify.annotations.NullMarked;
