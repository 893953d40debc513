/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini;

import dev.ralph.spi.AgentAdapterProvider;
import dev.ralph.spi.ProviderContext;
import java.util.Set;

/**
 * Makes {@link GeminiAgent}s. The one that is found on the class path has the id {@code gemini} and the usual set-up;
 * {@link GeminiAgent#builder} makes others.
 */
public final class GeminiAgentProvider implements AgentAdapterProvider {

    /** The id of the agent that is found on the class path. */
    public static final String ID = "gemini";

    /** The property that names the secret with the API key; it never holds the key itself. */
    public static final String API_KEY_SECRET = "GEMINI_API_KEY_SECRET";

    /** The name of that secret unless set. */
    public static final String DEFAULT_API_KEY_SECRET = "GEMINI_API_KEY";

    /** The property with the path of the client, or its name on the {@code PATH}. */
    public static final String COMMAND = "RALPH_GEMINI_COMMAND";

    /** The property with the model of runs that name none. */
    public static final String MODEL = "RALPH_GEMINI_MODEL";

    /** The property with the path of a {@link dev.ralph.agent.cli.PriceTable} to use. */
    public static final String PRICES = "RALPH_GEMINI_PRICES";

    private final String id;
    private final GeminiAgentConfig config;

    /** For the service loader. */
    public GeminiAgentProvider() {
        this(ID, GeminiAgentConfig.DEFAULT);
    }

    GeminiAgentProvider(String id, GeminiAgentConfig config) {
        this.id = id;
        this.config = config;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Set<String> properties() {
        return Set.of(COMMAND, MODEL, PRICES);
    }

    @Override
    public GeminiAgent create(ProviderContext context) {
        return new GeminiAgent(id, config, context);
    }
}
