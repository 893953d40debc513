/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** A plug-in: the agent {@code script} and the gate {@code files}. */
module dev.ralph.samples.custom {
    requires dev.ralph.core;
    requires static org.jspecify;

    provides dev.ralph.spi.AgentAdapterProvider with
            dev.ralph.samples.custom.ScriptAgentProvider;
    provides dev.ralph.spi.GateProvider with
            dev.ralph.samples.custom.FilesGateProvider;
}
