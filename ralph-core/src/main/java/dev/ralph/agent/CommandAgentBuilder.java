/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent;

import dev.ralph.FailureClass;
import dev.ralph.InvalidValueException;
import dev.ralph.spi.ProviderContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the provider of a {@link CommandAgent} with an id and a set-up of its own. Not thread-safe. */
public final class CommandAgentBuilder {

    private final String id;
    private List<String> command = List.of();
    private @Nullable List<String> versionCommand;
    private final List<String> environment = new ArrayList<>(CommandAgentConfig.DEFAULT_ENVIRONMENT);
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final Map<Integer, FailureClass> exitCodes = new LinkedHashMap<>();
    private CommandAgentConfig.@Nullable JsonResult json;
    private Duration grace = Duration.ofSeconds(5);

    CommandAgentBuilder(String id) {
        if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new InvalidValueException("agent.id", id, "must be 1 to 64 letters, digits, '-' or '_'");
        }
        this.id = id;
    }

    /** Required: the program and its arguments; see {@link CommandAgentConfig#command}. */
    public CommandAgentBuilder command(String... argv) {
        command = List.of(argv);
        return this;
    }

    /** How to ask for the version, as in {@code "git", "--version"}. */
    public CommandAgentBuilder versionCommand(String... argv) {
        versionCommand = List.of(argv);
        return this;
    }

    /** More variables it may inherit: names, or beginnings of names followed by {@code *}. */
    public CommandAgentBuilder inherit(String... patterns) {
        environment.addAll(List.of(patterns));
        return this;
    }

    /** A variable it is given. */
    public CommandAgentBuilder variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** A variable it is given from a secret, looked up at every launch. */
    public CommandAgentBuilder secret(String variable, String secretName) {
        secrets.put(variable, secretName);
        return this;
    }

    /** What an exit code means. */
    public CommandAgentBuilder exitCode(int code, FailureClass failure) {
        exitCodes.put(code, failure);
        return this;
    }

    /** Its output is JSON. */
    public CommandAgentBuilder json(CommandAgentConfig.JsonResult pointers) {
        json = pointers;
        return this;
    }

    /** Time between SIGTERM and SIGKILL; 5 seconds without this. */
    public CommandAgentBuilder grace(Duration value) {
        grace = value;
        return this;
    }

    /**
     * Makes the provider, for {@link dev.ralph.OrchestratorBuilder#agent(dev.ralph.spi.AgentAdapterProvider)}.
     *
     * @throws dev.ralph.ConfigurationException if there is no command
     */
    public CommandAgentProvider build() {
        return new CommandAgentProvider(id, config());
    }

    /**
     * Makes the adapter itself.
     *
     * @throws dev.ralph.ConfigurationException if there is no command
     */
    public CommandAgent build(ProviderContext context) {
        return new CommandAgent(id, config(), context);
    }

    private CommandAgentConfig config() {
        return new CommandAgentConfig(command, versionCommand, environment, variables, secrets, exitCodes, json, grace);
    }
}
