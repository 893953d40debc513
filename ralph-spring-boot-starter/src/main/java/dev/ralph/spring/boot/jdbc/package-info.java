/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Runs in the database of the host. */
@NullMarked
package dev.ralph.spring.boot.jdbc;

import org.jspecify.annotations.NullMarked;
