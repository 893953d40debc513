/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What the administrator configured for clients to choose from by name: workspaces, agents, gate sets, ceilings. */
@NullMarked
package dev.ralph.samples.spring.catalog;

import org.jspecify.annotations.NullMarked;
