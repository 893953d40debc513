package dev.ralph.agents.gemini;

import dev.ralph.agent.cli.PriceTable;
import dev.ralph.spi.ProviderContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the provider of a {@link GeminiAgent} with a set-up of its own. Not thread-safe. */
public final class GeminiAgentBuilder {

    private static final GeminiAgentConfig DEFAULT = GeminiAgentConfig.DEFAULT;

    private @Nullable List<String> command;
    private @Nullable String apiKeySecret;
    private @Nullable String model;
    private ApprovalMode approvalMode = DEFAULT.approvalMode();
    private int maxTurns = DEFAULT.maxTurns();
    private int maxAttempts = DEFAULT.maxAttempts();
    private boolean hideSecretsFromTools = DEFAULT.hideSecretsFromTools();
    private final List<String> environment = new ArrayList<>(DEFAULT.environment());
    private final Map<String, String> variables = new LinkedHashMap<>();
    private @Nullable PriceTable prices;
    private Duration grace = DEFAULT.grace();
    private Duration linger = DEFAULT.linger();

    GeminiAgentBuilder() {}

    /** The client, if it is not {@code gemini} on the {@code PATH}, and arguments that come first. */
    public GeminiAgentBuilder command(String... argv) {
        command = List.of(argv);
        return this;
    }

    /** The name of the secret that is the API key. */
    public GeminiAgentBuilder apiKeySecret(String secretName) {
        apiKeySecret = secretName;
        return this;
    }

    /** The model, for runs that name none. */
    public GeminiAgentBuilder model(String value) {
        model = value;
        return this;
    }

    /** Which tools the model may use, for runs that do not say. */
    public GeminiAgentBuilder approvalMode(ApprovalMode value) {
        approvalMode = value;
        return this;
    }

    /** Requests to the model in one attempt, for runs that do not say; 100 without this. */
    public GeminiAgentBuilder maxTurns(int value) {
        maxTurns = value;
        return this;
    }

    /** How often the client itself tries a request before Ralph hears of it; 2 without this. */
    public GeminiAgentBuilder maxAttempts(int value) {
        maxAttempts = value;
        return this;
    }

    /** Whether shell commands of the model see no variables that look like secrets; so without this. */
    public GeminiAgentBuilder hideSecretsFromTools(boolean value) {
        hideSecretsFromTools = value;
        return this;
    }

    /** Another address of the service, such as a gateway. HTTPS, except on this host. */
    public GeminiAgentBuilder baseUrl(String url) {
        return variable("GOOGLE_GEMINI_BASE_URL", url);
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

    /** How long it may take to end after its result; 2 seconds without this. */
    public GeminiAgentBuilder linger(Duration value) {
        linger = value;
        return this;
    }

    /**
     * Makes the provider, for {@link dev.ralph.OrchestratorBuilder#agent(dev.ralph.spi.AgentAdapterProvider)}.
     *
     * @throws dev.ralph.RalphException if a value cannot be used
     */
    public GeminiAgentProvider build() {
        return new GeminiAgentProvider(config());
    }

    /**
     * Makes the adapter itself.
     *
     * @throws dev.ralph.RalphException if a value cannot be used
     */
    public GeminiAgent build(ProviderContext context) {
        return build().create(context);
    }

    private GeminiAgentConfig config() {
        return new GeminiAgentConfig(
                command,
                apiKeySecret,
                model,
                approvalMode,
                maxTurns,
                maxAttempts,
                hideSecretsFromTools,
                environment,
                variables,
                prices,
                grace,
                linger);
    }
}
