/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What the client is given and how what it prints is read. Not for hosts. */
@NullMarked
package dev.ralph.agents.claude.internal;

import org.jspecify.annotations.NullMarked;
