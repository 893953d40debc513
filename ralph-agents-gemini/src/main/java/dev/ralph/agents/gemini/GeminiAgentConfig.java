/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini;

import dev.ralph.ConfigurationException;
import dev.ralph.agent.cli.ClientProcess;
import dev.ralph.agent.cli.LaunchEnvironment;
import dev.ralph.agent.cli.PriceTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the client is run.
 *
 * @param command the client and what stands before its own arguments; empty for what the property
 *     {@value GeminiAgentProvider#COMMAND} names, or else {@code gemini} on the {@code PATH}
 * @param apiKeySecret the name of the secret with the API key, or null for what the property
 *     {@value GeminiAgentProvider#API_KEY_SECRET} names, or else {@value GeminiAgentProvider#DEFAULT_API_KEY_SECRET}
 * @param environment variables it may inherit: names, or beginnings of names followed by {@code *}
 * @param variables variables it is given
 * @param settings what holds for runs that do not set it themselves
 * @param maxAttempts how often the client itself tries a request, from 1 to 10. Few, since it is Ralph who waits
 * @param hideSecretsFromTools whether the client keeps variables that look like secrets, the API key among them, from the
 *     shell commands of the model
 * @param prices what models cost; null for the table that the property {@value GeminiAgentProvider#PRICES} names, or else
 *     the one that comes with the adapter
 * @param grace time between SIGTERM and SIGKILL
 * @param linger how long it may take to end once it has printed its result
 */
public record GeminiAgentConfig(
        List<String> command,
        @Nullable String apiKeySecret,
        List<String> environment,
        Map<String, String> variables,
        GeminiSettings settings,
        int maxAttempts,
        boolean hideSecretsFromTools,
        @Nullable PriceTable prices,
        Duration grace,
        Duration linger) {

    private static final int MAX_ATTEMPTS = 10;

    /** What it inherits unless set: its way, where its service is, proxies and certificates. */
    public static final List<String> DEFAULT_ENVIRONMENT = defaultEnvironment();

    /** What holds if nothing is set: the client tries a request twice, and 5 seconds of grace. */
    public static final GeminiAgentConfig DEFAULT = new GeminiAgentConfig(
            List.of(),
            null,
            DEFAULT_ENVIRONMENT,
            Map.of(),
            GeminiSettings.DEFAULT,
            2,
            true,
            null,
            Duration.ofSeconds(5),
            ClientProcess.LINGER);

    /**
     * Checks the values.
     *
     * @throws ConfigurationException if the program or the name of the secret is blank, a time negative, or the number of
     *     attempts outside its range
     */
    public GeminiAgentConfig {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        variables = Map.copyOf(variables);
        if (!command.isEmpty() && command.get(0).isBlank()) {
            throw new ConfigurationException("agent 'gemini' needs a command; give the path of its client");
        }
        if (apiKeySecret != null && apiKeySecret.isBlank()) {
            throw new ConfigurationException("the name of the secret of agent 'gemini' is blank; give one, or none");
        }
        if (maxAttempts < 1 || maxAttempts > MAX_ATTEMPTS) {
            throw new ConfigurationException("maxAttempts of agent 'gemini' must be from 1 to " + MAX_ATTEMPTS
                    + ", as the client has it, but is " + maxAttempts);
        }
        if (grace.isNegative() || linger.isNegative()) {
            throw new ConfigurationException(
                    "grace and linger of agent 'gemini' must not be negative, but are " + grace + " and " + linger);
        }
    }

    private static List<String> defaultEnvironment() {
        List<String> names = new ArrayList<>(LaunchEnvironment.BASIC);
        names.addAll(List.of(
                "GOOGLE_GEMINI_BASE_URL",
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
        return "GeminiAgentConfig[" + command.stream().limit(1).toList() + ", " + settings + ", variables="
                + variables.keySet() + ", apiKeySecret=" + apiKeySecret + "]";
    }
}
