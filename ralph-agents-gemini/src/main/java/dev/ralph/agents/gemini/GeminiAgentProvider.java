package dev.ralph.agents.gemini;

import dev.ralph.spi.AgentAdapterProvider;
import dev.ralph.spi.ProviderContext;
import java.util.Set;

/**
 * Makes {@link GeminiAgent}s. The one that is found on the class path has the id {@code gemini} and the set-up
 * {@link GeminiAgentConfig#DEFAULT}, changed by the configuration values below; {@link GeminiAgent#builder} makes one with
 * a set-up of its own.
 *
 * <dl>
 *   <dt>{@value #COMMAND}
 *   <dd>the program, if it is not {@code gemini} on the {@code PATH}
 *   <dt>{@value #MODEL}
 *   <dd>the model
 *   <dt>{@value #PRICES}
 *   <dd>a file with a {@link dev.ralph.agent.cli.PriceTable} instead of the one that comes with the adapter
 *   <dt>{@value #API_KEY_SECRET}
 *   <dd>the <em>name</em> of the secret that is the API key; {@code GEMINI_API_KEY} without it
 * </dl>
 */
public final class GeminiAgentProvider implements AgentAdapterProvider {

    /** The id of the agent. */
    public static final String ID = "gemini";

    static final String COMMAND = "RALPH_GEMINI_COMMAND";
    static final String MODEL = "RALPH_GEMINI_MODEL";
    static final String PRICES = "RALPH_GEMINI_PRICES";
    static final String API_KEY_SECRET = "GEMINI_API_KEY_SECRET";

    private final GeminiAgentConfig config;

    /** For the service loader. */
    public GeminiAgentProvider() {
        this(GeminiAgentConfig.DEFAULT);
    }

    GeminiAgentProvider(GeminiAgentConfig config) {
        this.config = config;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Set<String> properties() {
        return Set.of(COMMAND, MODEL, PRICES);
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.ralph.ConfigurationException if a price table is named that cannot be used
     */
    @Override
    public GeminiAgent create(ProviderContext context) {
        return new GeminiAgent(config.completed(context), context);
    }
}
