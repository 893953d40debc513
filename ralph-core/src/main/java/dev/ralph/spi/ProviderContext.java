/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.process.ProcessLauncher;
import java.time.InstantSource;
import java.util.Optional;

/** What an orchestrator offers the plug-ins it makes. Thread-safe. */
public interface ProviderContext {

    /**
     * A configuration value by its environment name, such as {@code RALPH_AGENT}, from the first source that has it:
     * builder, system property, environment, properties file.
     */
    Optional<String> property(String name);

    /** Where secrets come from. */
    SecretSource secrets();

    /** Launches contained processes. Shared; do not close it. */
    ProcessLauncher processes();

    InstantSource clock();
}
