/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import dev.ralph.agent.cli.ClientSecrets;
import dev.ralph.agent.cli.LaunchEnvironment;
import dev.ralph.agents.claude.ClaudeAgentProvider;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the client shows its service: an API key, a token from a gateway or a log-in, or what a log-in left on this host.
 * Secrets are looked up at every launch.
 */
public final class ClaudeCredentials {

    private static final String API_KEY = "ANTHROPIC_API_KEY";

    /** Other secrets under their own names, in the order the client prefers them. */
    private static final List<String> TOKENS = List.of("ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN");

    /** The model runs at another service, which has credentials of its own. */
    private static final List<String> OTHER_SERVICES = List.of("CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX");

    private final ClientSecrets secrets;
    private final String keyName;
    private final boolean required;

    private ClaudeCredentials(ClientSecrets secrets, String keyName, boolean required) {
        this.secrets = secrets;
        this.keyName = keyName;
        this.required = required;
    }

    /**
     * Where to look.
     *
     * @param configured the name of the secret with the API key, or null for what configuration names
     */
    public static ClaudeCredentials of(String agent, @Nullable String configured, ProviderContext context) {
        String property = ClaudeAgentProvider.API_KEY_SECRET;
        boolean required = configured != null || context.property(property).isPresent();
        String name = configured != null
                ? configured
                : ClientSecrets.name(context, property, ClaudeAgentProvider.DEFAULT_API_KEY_SECRET);
        return new ClaudeCredentials(new ClientSecrets(agent, context.secrets()), name, required);
    }

    /**
     * The environment with the secrets in it.
     *
     * @throws dev.ralph.ConfigurationException if the secret that is configured is not there, or cannot be read
     */
    public LaunchEnvironment addTo(LaunchEnvironment environment) {
        Optional<Secret> key = required ? Optional.of(secrets.require(keyName)) : secrets.find(keyName);
        if (key.isPresent()) {
            return environment.with(API_KEY, key.get());
        }
        for (String name : TOKENS) {
            Optional<Secret> token = secrets.find(name);
            if (token.isPresent()) {
                return environment.with(name, token.get());
            }
        }
        return environment;
    }

    /** Why the client has nothing to show, or null if it has, as far as that can be told without asking the service. */
    @Nullable String missing(LaunchEnvironment environment) {
        Map<String, String> variables = environment.environment().variables();
        boolean given = variables.containsKey(API_KEY)
                || TOKENS.stream().anyMatch(variables::containsKey)
                || OTHER_SERVICES.stream().anyMatch(variables::containsKey);
        if (given || loggedIn(variables)) {
            return null;
        }
        return "no secret source has '" + keyName + "', and nobody is logged in on this host";
    }

    String keyName() {
        return keyName;
    }

    /** On macOS a log-in is in the keychain, which is not for Ralph to open. */
    private static boolean loggedIn(Map<String, String> variables) {
        String folder = variables.get("CLAUDE_CONFIG_DIR");
        String home = variables.get("HOME");
        try {
            if (folder != null) {
                return Files.isReadable(Path.of(folder, ".credentials.json"));
            }
            return home != null && Files.isReadable(Path.of(home, ".claude", ".credentials.json"));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
