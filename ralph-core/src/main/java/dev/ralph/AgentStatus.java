/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import dev.ralph.spi.AgentProbe;

/**
 * One agent this orchestrator knows.
 *
 * @param id the adapter's id
 * @param probe what its adapter found out about it
 */
public record AgentStatus(String id, AgentProbe probe) {}
