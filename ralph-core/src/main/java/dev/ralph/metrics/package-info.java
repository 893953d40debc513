/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What an orchestrator counts, by Micrometer: the names, and how a host binds them to a registry. */
@NullMarked
package dev.ralph.metrics;

import org.jspecify.annotations.NullMarked;
