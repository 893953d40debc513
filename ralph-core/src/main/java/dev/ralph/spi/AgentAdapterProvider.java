/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

/** Makes agent adapters; its id is the agent's id. */
public interface AgentAdapterProvider extends Provider<AgentAdapter> {}
