/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import dev.ralph.spi.UsageReport;

/**
 * A session the client can go on with.
 *
 * @param id the client's id for it
 * @param spent what the client says it has used in all: its totals go on over launches
 */
public record ClaudeSession(String id, UsageReport spent) {}
