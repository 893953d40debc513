/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude;

import dev.ralph.InvalidValueException;
import dev.ralph.spi.ProviderContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a {@link ClaudeAgent} with a set-up of its own. Not thread-safe. */
public final class ClaudeAgentBuilder {

    private final String id;
    private List<String> command = List.of();
    private @Nullable String apiKeySecret;
    private final List<String> environment = new ArrayList<>(ClaudeAgentConfig.DEFAULT_ENVIRONMENT);
    private final Map<String, String> variables = new LinkedHashMap<>(ClaudeAgentConfig.DEFAULT_VARIABLES);
    private ClaudeSettings settings = ClaudeSettings.DEFAULT;
    private Duration grace = ClaudeAgentConfig.DEFAULT.grace();
    private Duration linger = ClaudeAgentConfig.DEFAULT.linger();

    ClaudeAgentBuilder(String id) {
        if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new InvalidValueException("agent.id", id, "must be 1 to 64 letters, digits, '-' or '_'");
        }
        this.id = id;
    }

    /** The client; without this what the property {@value ClaudeAgentProvider#COMMAND} says, or {@code claude}. */
    public ClaudeAgentBuilder command(String... argv) {
        command = List.of(argv);
        return this;
    }

    /** The name of the secret with its API key, looked up at every launch; it must be there then. */
    public ClaudeAgentBuilder apiKeySecret(String name) {
        apiKeySecret = name;
        return this;
    }

    /** More variables it may inherit: names, or beginnings of names followed by {@code *}. */
    public ClaudeAgentBuilder inherit(String... patterns) {
        environment.addAll(List.of(patterns));
        return this;
    }

    /** A variable it is given, in place of a default of the same name. */
    public ClaudeAgentBuilder variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** What holds for runs that do not set it themselves; {@link ClaudeSettings#DEFAULT} without this. */
    public ClaudeAgentBuilder settings(ClaudeSettings value) {
        settings = value;
        return this;
    }

    /** The same, by the names a run uses. */
    public ClaudeAgentBuilder settings(Map<String, Object> values) {
        settings = settings.with(id, values);
        return this;
    }

    /** Time between SIGTERM and SIGKILL; 5 seconds without this. */
    public ClaudeAgentBuilder grace(Duration value) {
        grace = value;
        return this;
    }

    /** How long it may take to end once it has printed its result; 2 seconds without this. */
    public ClaudeAgentBuilder linger(Duration value) {
        linger = value;
        return this;
    }

    /**
     * Makes the provider, for {@link dev.ralph.OrchestratorBuilder#agent(dev.ralph.spi.AgentAdapterProvider)}.
     *
     * @throws dev.ralph.ConfigurationException if a value is not allowed
     */
    public ClaudeAgentProvider build() {
        return new ClaudeAgentProvider(id, config());
    }

    /**
     * Makes the adapter itself.
     *
     * @throws dev.ralph.ConfigurationException if a value is not allowed
     */
    public ClaudeAgent build(ProviderContext context) {
        return new ClaudeAgent(id, config(), context);
    }

    private ClaudeAgentConfig config() {
        return new ClaudeAgentConfig(command, apiKeySecret, environment, variables, settings, grace, linger);
    }
}
