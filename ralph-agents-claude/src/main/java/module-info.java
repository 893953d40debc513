/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Runs Claude Code as an agent. */
module dev.ralph.agents.claude {
    requires transitive dev.ralph.core;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.ralph.agents.claude;

    provides dev.ralph.spi.AgentAdapterProvider with
            dev.ralph.agents.claude.ClaudeAgentProvider;
}
