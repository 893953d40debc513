/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
@NullMarked
package dev.ralph.store.jdbc;

import org.jspecify.annotations.NullMarked;
