/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude;

import dev.ralph.ConfigurationException;
import dev.ralph.agent.cli.ClientProcess;
import dev.ralph.agent.cli.LaunchEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the client is run.
 *
 * @param command the client and what stands before its own arguments; empty for what the property
 *     {@value ClaudeAgentProvider#COMMAND} names, or else {@code claude} on the {@code PATH}
 * @param apiKeySecret the name of the secret with the API key, or null for what the property
 *     {@value ClaudeAgentProvider#API_KEY_SECRET} names, or else {@value ClaudeAgentProvider#DEFAULT_API_KEY_SECRET}
 * @param environment variables it may inherit: names, or beginnings of names followed by {@code *}
 * @param variables variables it is given
 * @param settings what holds for runs that do not set it themselves
 * @param grace time between SIGTERM and SIGKILL
 * @param linger how long it may take to end once it has printed its result
 */
public record ClaudeAgentConfig(
        List<String> command,
        @Nullable String apiKeySecret,
        List<String> environment,
        Map<String, String> variables,
        ClaudeSettings settings,
        Duration grace,
        Duration linger) {

    /** What it inherits unless set: its way, where its state and its service are, proxies and certificates. */
    public static final List<String> DEFAULT_ENVIRONMENT = defaultEnvironment();

    /**
     * What it is given unless set otherwise: no updates, telemetry or other traffic that its work does not need; and one
     * retry, since it is Ralph who waits.
     */
    public static final Map<String, String> DEFAULT_VARIABLES = Map.of(
            "DISABLE_AUTOUPDATER", "1",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1",
            "DISABLE_TELEMETRY", "1",
            "DISABLE_ERROR_REPORTING", "1",
            "CLAUDE_CODE_MAX_RETRIES", "1");

    /** What holds if nothing is set. */
    public static final ClaudeAgentConfig DEFAULT = new ClaudeAgentConfig(
            List.of(),
            null,
            DEFAULT_ENVIRONMENT,
            DEFAULT_VARIABLES,
            ClaudeSettings.DEFAULT,
            Duration.ofSeconds(5),
            ClientProcess.LINGER);

    /**
     * Checks the values.
     *
     * @throws ConfigurationException if the program is blank or a time negative
     */
    public ClaudeAgentConfig {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        variables = Map.copyOf(variables);
        if (!command.isEmpty() && command.get(0).isBlank()) {
            throw new ConfigurationException("agent 'claude' needs a command; give the path of its client");
        }
        if (grace.isNegative() || linger.isNegative()) {
            throw new ConfigurationException(
                    "grace and linger of agent 'claude' must not be negative, but are " + grace + " and " + linger);
        }
    }

    private static List<String> defaultEnvironment() {
        List<String> names = new ArrayList<>(LaunchEnvironment.BASIC);
        names.addAll(List.of(
                "ANTHROPIC_BASE_URL",
                "CLAUDE_CONFIG_DIR",
                "API_TIMEOUT_MS",
                "HTTPS_PROXY",
                "HTTP_PROXY",
                "NO_PROXY",
                "https_proxy",
                "http_proxy",
                "no_proxy",
                "NODE_EXTRA_CA_CERTS",
                "SSL_CERT_FILE",
                "SSL_CERT_DIR"));
        return List.copyOf(names);
    }

    /** Never values of variables. */
    @Override
    public String toString() {
        return "ClaudeAgentConfig[" + command.stream().limit(1).toList() + ", " + settings + ", variables="
                + variables.keySet() + "]";
    }
}
