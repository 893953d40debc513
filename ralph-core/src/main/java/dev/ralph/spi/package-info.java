/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What plug-ins implement: agents, stores, gates, secret sources, dispatchers. Found by {@link java.util.ServiceLoader}. */
@NullMarked
package dev.ralph.spi;

import org.jspecify.annotations.NullMarked;
