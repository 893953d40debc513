/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import dev.ralph.Limits;
import dev.ralph.Orchestrator;

/** A host that is configured from outside only, but for its cost limit. */
final class ConfiguredHost {

    private ConfiguredHost() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        try (Orchestrator ralph =
                Orchestrator.builder().property("RALPH_MAX_COST", "1.25").build()) {
            Limits limits = ralph.defaultLimits();
            System.out.println("limits " + limits.maxIterations() + " " + limits.maxRuntime() + " " + limits.maxTokens()
                    + " " + limits.maxCost());
        }
    }
}
