/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import dev.ralph.ConfigurationException;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import java.util.Optional;

/** The secrets of one agent, looked up at every launch so that rotation takes effect. Thread-safe; may block. */
public final class ClientSecrets {

    private final String agent;
    private final SecretSource source;

    /**
     * Looks secrets up for an agent.
     *
     * @param agent its id, for messages
     */
    public ClientSecrets(String agent, SecretSource source) {
        this.agent = agent;
        this.source = source;
    }

    /**
     * The name of a secret that configuration may set: its property holds the name, never the secret.
     *
     * @param property such as {@code CLAUDE_API_KEY_SECRET}
     * @param otherwise the name if the property is not set
     */
    public static String name(ProviderContext context, String property, String otherwise) {
        return context.property(property).orElse(otherwise);
    }

    /**
     * The secret's present value.
     *
     * @throws ConfigurationException if a source has it but cannot read it
     */
    public Optional<Secret> find(String name) {
        return source.find(name);
    }

    /**
     * The secret's present value.
     *
     * @throws ConfigurationException if no source has it, or one cannot read it
     */
    public Secret require(String name) {
        return find(name)
                .orElseThrow(() -> new ConfigurationException(
                        "agent '" + agent + "' needs the secret '" + name + "', which no secret source has; set it"));
    }
}
