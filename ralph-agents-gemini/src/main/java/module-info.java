/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Runs the Gemini command-line client as an agent. */
module dev.ralph.agents.gemini {
    requires transitive dev.ralph.core;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.ralph.agents.gemini;

    provides dev.ralph.spi.AgentAdapterProvider with
            dev.ralph.agents.gemini.GeminiAgentProvider;
}
