/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** How the Gemini client is launched and read. Not for use from outside. */
@NullMarked
package dev.ralph.agents.gemini.internal;

import org.jspecify.annotations.NullMarked;
