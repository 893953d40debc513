/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import org.jspecify.annotations.Nullable;

/**
 * What an adapter finds out about its agent without spending anything.
 *
 * @param version the agent's version, or null if it is not installed or does not say
 * @param ready whether an attempt could be launched now
 * @param problem why it is not ready, or what limits it; null if there is nothing to say
 * @param fix what to do about the problem, or null
 */
public record AgentProbe(
        @Nullable String version,
        boolean ready,
        @Nullable String problem,
        @Nullable String fix) {

    public static AgentProbe ready(@Nullable String version) {
        return new AgentProbe(version, true, null, null);
    }

    public static AgentProbe notReady(@Nullable String version, String problem, String fix) {
        return new AgentProbe(version, false, problem, fix);
    }
}
