/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The agent {@code claude}: Anthropic's Claude Code, through its command-line client. */
@NullMarked
package dev.ralph.agents.claude;

import org.jspecify.annotations.NullMarked;
