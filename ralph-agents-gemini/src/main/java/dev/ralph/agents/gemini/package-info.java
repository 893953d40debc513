/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Runs the Gemini command-line client as an agent; {@link dev.ralph.agents.gemini.GeminiAgent} is where to begin. */
@NullMarked
package dev.ralph.agents.gemini;

import org.jspecify.annotations.NullMarked;
