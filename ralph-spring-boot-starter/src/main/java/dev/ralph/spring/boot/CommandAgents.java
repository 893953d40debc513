/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.agent.CommandAgent;
import dev.ralph.agent.CommandAgentBuilder;
import dev.ralph.process.Environment;
import dev.ralph.spi.AgentAdapterProvider;
import dev.ralph.spring.boot.properties.CommandAgentProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes agents of what stands under {@code ralph.agents}. What would fail each launch ends the start, by its property. */
final class CommandAgents {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Duration LONGEST_GRACE = Duration.ofDays(365);
    private static final int MOST_EXIT_CODE = 255;

    private CommandAgents() {}

    /**
     * Checks the values and makes the provider.
     *
     * @throws ConfigurationException if there is no command, or a variable cannot be given to a process
     * @throws InvalidValueException if another value is outside its range
     */
    static AgentAdapterProvider provider(String id, CommandAgentProperties agent) {
        if (!ID.matcher(id).matches()) {
            throw new InvalidValueException(
                    "the agent ralph.agents." + id, id, "must have an id of 1 to 64 letters, digits, '-' or '_'");
        }
        String prefix = "ralph.agents." + id + ".";
        if (agent.command().isEmpty() || agent.command().get(0).isBlank()) {
            throw new ConfigurationException("the agent '" + id + "' has no command; set " + prefix
                    + "command to the program and its arguments");
        }
        if (agent.grace().isNegative() || agent.grace().compareTo(LONGEST_GRACE) > 0) {
            throw new InvalidValueException(prefix + "grace", agent.grace(), "must be from 0s to 365d");
        }
        agent.exitCodes().forEach((code, meaning) -> {
            if (code < 1 || code > MOST_EXIT_CODE) {
                throw new InvalidValueException(
                        prefix + "exit-codes." + code,
                        meaning,
                        "is for an exit code that tells of no failure; give one from 1 to " + MOST_EXIT_CODE);
            }
        });
        requireEnvironment(prefix, agent);
        CommandAgentBuilder builder = CommandAgent.builder(id)
                .command(agent.command().toArray(String[]::new))
                .inherit(agent.environment().toArray(String[]::new))
                .grace(agent.grace());
        if (!agent.versionCommand().isEmpty()) {
            builder.versionCommand(agent.versionCommand().toArray(String[]::new));
        }
        agent.variables().forEach(builder::variable);
        agent.secrets().forEach(builder::secret);
        agent.exitCodes().forEach(builder::exitCode);
        return builder.build();
    }

    private static void requireEnvironment(String prefix, CommandAgentProperties agent) {
        require(prefix + "environment", () -> Environment.allowing(agent.environment(), Map.of()));
        Environment none = Environment.allowing(List.of(), Map.of());
        agent.variables().forEach((name, value) -> require(prefix + "variables." + name, () -> none.with(name, value)));
        // The name of the secret stands in for its value, which is not looked up before a launch.
        agent.secrets().forEach((name, secret) -> require(prefix + "secrets." + name, () -> none.with(name, secret)));
    }

    private static void require(String property, Runnable check) {
        try {
            check.run();
        } catch (InvalidValueException e) {
            throw new ConfigurationException(property + " cannot be used: " + e.getMessage(), e);
        }
    }
}
