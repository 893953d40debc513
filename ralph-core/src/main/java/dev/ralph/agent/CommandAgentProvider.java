/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent;

import dev.ralph.spi.AgentAdapterProvider;
import dev.ralph.spi.ProviderContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link CommandAgent}s. The one that is found on the class path has the id {@code command} and no command of its
 * own: each run gives it in its settings. {@link CommandAgent#builder} makes one with an id and a command.
 */
public final class CommandAgentProvider implements AgentAdapterProvider {

    /** The id of the agent without a command of its own. */
    public static final String ID = "command";

    private final String id;
    private final @Nullable CommandAgentConfig config;

    /** For the service loader. */
    public CommandAgentProvider() {
        this(ID, null);
    }

    CommandAgentProvider(String id, @Nullable CommandAgentConfig config) {
        this.id = id;
        this.config = config;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public CommandAgent create(ProviderContext context) {
        return new CommandAgent(id, config, context);
    }
}
