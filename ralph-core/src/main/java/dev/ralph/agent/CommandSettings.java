/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent;

import dev.ralph.ConfigurationException;
import dev.ralph.agent.cli.RunSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a run's settings for an agent that has no command of its own. */
final class CommandSettings {

    private static final String COMMAND = "command";
    private static final String ENVIRONMENT = "environment";
    private static final Set<String> KNOWN = Set.of(COMMAND, ENVIRONMENT);

    private CommandSettings() {}

    /**
     * The set-up a run asks for.
     *
     * @throws ConfigurationException if there is no command, or a setting is unknown or of the wrong type
     */
    static CommandAgentConfig read(Map<String, Object> values) {
        RunSettings settings = new RunSettings(CommandAgentProvider.ID, values, KNOWN);
        List<String> environment = new ArrayList<>(CommandAgentConfig.DEFAULT_ENVIRONMENT);
        environment.addAll(settings.texts(ENVIRONMENT, List.of()));
        return new CommandAgentConfig(
                settings.texts(COMMAND, List.of()),
                null,
                environment,
                Map.of(),
                Map.of(),
                Map.of(),
                null,
                Duration.ofSeconds(5));
    }
}
