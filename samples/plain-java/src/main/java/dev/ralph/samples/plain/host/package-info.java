/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a host has to do: open the store, build the orchestrator, see a run through, stop in an orderly way. */
@NullMarked
package dev.ralph.samples.plain.host;

import org.jspecify.annotations.NullMarked;
