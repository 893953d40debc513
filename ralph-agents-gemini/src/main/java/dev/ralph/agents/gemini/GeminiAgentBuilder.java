/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini;

import dev.ralph.InvalidValueException;
import dev.ralph.agent.cli.PriceTable;
import dev.ralph.spi.ProviderContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a {@link GeminiAgent} with a set-up of its own. Not thread-safe. */
public final class GeminiAgentBuilder {

    private final String id;
    private List<String> command = List.of();
    private @Nullable String apiKeySecret;
    private final List<String> environment = new ArrayList<>(GeminiAgentConfig.DEFAULT_ENVIRONMENT);
    private final Map<String, String> variables = new LinkedHashMap<>();
    private GeminiSettings settings = GeminiSettings.DEFAULT;
    private int maxAttempts = GeminiAgentConfig.DEFAULT.maxAttempts();
    private boolean hideSecretsFromTools = GeminiAgentConfig.DEFAULT.hideSecretsFromTools();
    private @Nullable PriceTable prices;
    private Duration grace = GeminiAgentConfig.DEFAULT.grace();
    private Duration linger = GeminiAgentConfig.DEFAULT.linger();

    GeminiAgentBuilder(String id) {
        if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new InvalidValueException("agent.id", id, "must be 1 to 64 letters, digits, '-' or '_'");
        }
        this.id = id;
    }

    /** The client; without this what the property {@value GeminiAgentProvider#COMMAND} says, or {@code gemini}. */
    public GeminiAgentBuilder command(String... argv) {
        command = List.of(argv);
        return this;
    }

    /** The name of the secret with its API key, looked up at every launch; it must be there then. */
    public GeminiAgentBuilder apiKeySecret(String name) {
        apiKeySecret = name;
        return this;
    }

    /** More variables it may inherit: names, or beginnings of names followed by {@code *}. */
    public GeminiAgentBuilder inherit(String... patterns) {
        environment.addAll(List.of(patterns));
        return this;
    }

    /** A variable it is given. */
    public GeminiAgentBuilder variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Another address of the service, such as a gateway. HTTPS, except on this host. */
    public GeminiAgentBuilder baseUrl(String url) {
        return variable("GOOGLE_GEMINI_BASE_URL", url);
    }

    /** What holds for runs that do not set it themselves; {@link GeminiSettings#DEFAULT} without this. */
    public GeminiAgentBuilder settings(GeminiSettings value) {
        settings = value;
        return this;
    }

    /** The same, by the names a run uses. */
    public GeminiAgentBuilder settings(Map<String, Object> values) {
        settings = settings.with(id, values);
        return this;
    }

    /** How often the client itself tries a request before Ralph hears of it, from 1 to 10; 2 without this. */
    public GeminiAgentBuilder maxAttempts(int value) {
        maxAttempts = value;
        return this;
    }

    /** Whether shell commands of the model see no variables that look like secrets; true without this. */
    public GeminiAgentBuilder hideSecretsFromTools(boolean value) {
        hideSecretsFromTools = value;
        return this;
    }

    /** What models cost. */
    public GeminiAgentBuilder prices(PriceTable table) {
        prices = table;
        return this;
    }

    /** Time between SIGTERM and SIGKILL; 5 seconds without this. */
    public GeminiAgentBuilder grace(Duration value) {
        grace = value;
        return this;
    }

    /** How long it may take to end once it has printed its result; 2 seconds without this. */
    public GeminiAgentBuilder linger(Duration value) {
        linger = value;
        return this;
    }

    /**
     * Makes the provider, for {@link dev.ralph.OrchestratorBuilder#agent(dev.ralph.spi.AgentAdapterProvider)}.
     *
     * @throws dev.ralph.ConfigurationException if a value is not allowed
     */
    public GeminiAgentProvider build() {
        return new GeminiAgentProvider(id, config());
    }

    /**
     * Makes the adapter itself.
     *
     * @throws dev.ralph.ConfigurationException if a value is not allowed
     */
    public GeminiAgent build(ProviderContext context) {
        return new GeminiAgent(id, config(), context);
    }

    private GeminiAgentConfig config() {
        return new GeminiAgentConfig(
                command,
                apiKeySecret,
                environment,
                variables,
                settings,
                maxAttempts,
                hideSecretsFromTools,
                prices,
                grace,
                linger);
    }
}
