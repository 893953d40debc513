/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude;

import dev.ralph.spi.AgentAdapterProvider;
import dev.ralph.spi.ProviderContext;
import java.util.Set;

/**
 * Makes {@link ClaudeAgent}s. The one that is found on the class path has the id {@code claude} and the usual set-up;
 * {@link ClaudeAgent#builder} makes others.
 */
public final class ClaudeAgentProvider implements AgentAdapterProvider {

    /** The id of the agent that is found on the class path. */
    public static final String ID = "claude";

    /** The property that names the secret with the API key; it never holds the key itself. */
    public static final String API_KEY_SECRET = "CLAUDE_API_KEY_SECRET";

    /** The name of that secret unless set. */
    public static final String DEFAULT_API_KEY_SECRET = "ANTHROPIC_API_KEY";

    /** The property with the path of the client, or its name on the {@code PATH}. */
    public static final String COMMAND = "RALPH_CLAUDE_COMMAND";

    private final String id;
    private final ClaudeAgentConfig config;

    /** For the service loader. */
    public ClaudeAgentProvider() {
        this(ID, ClaudeAgentConfig.DEFAULT);
    }

    ClaudeAgentProvider(String id, ClaudeAgentConfig config) {
        this.id = id;
        this.config = config;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Set<String> properties() {
        return Set.of(COMMAND);
    }

    @Override
    public ClaudeAgent create(ProviderContext context) {
        return new ClaudeAgent(id, config, context);
    }
}
