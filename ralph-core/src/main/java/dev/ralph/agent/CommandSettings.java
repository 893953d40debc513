/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent;

import dev.ralph.ConfigurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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
    static CommandAgentConfig read(Map<String, Object> settings) {
        Set<String> unknown = new TreeSet<>(settings.keySet());
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            throw new ConfigurationException(
                    "unknown settings " + unknown + " for agent 'command'; there are " + new TreeSet<>(KNOWN));
        }
        List<String> environment = new ArrayList<>(CommandAgentConfig.DEFAULT_ENVIRONMENT);
        environment.addAll(texts(settings, ENVIRONMENT));
        return new CommandAgentConfig(
                texts(settings, COMMAND), null, environment, Map.of(), Map.of(), Map.of(), null, Duration.ofSeconds(5));
    }

    private static List<String> texts(Map<String, Object> settings, String name) {
        Object value = settings.getOrDefault(name, List.of());
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw new ConfigurationException("setting '" + name + "' of agent 'command' must be a list of strings");
    }
}
