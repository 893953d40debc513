package dev.ralph.agents.gemini;

import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.agent.cli.ClientProcess;
import dev.ralph.agent.cli.ClientSecrets;
import dev.ralph.agent.cli.LaunchEnvironment;
import dev.ralph.agent.cli.PriceTable;
import dev.ralph.spi.ProviderContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the client is run.
 *
 * @param command the client and arguments that come first; null for {@code gemini} on the {@code PATH}
 * @param apiKeySecret the name of the secret that is the API key; null for {@code GEMINI_API_KEY}
 * @param model the model; null for the client's own choice, which costs a request to a small model each time
 * @param approvalMode which tools the model may use
 * @param maxTurns requests to the model in one attempt, from 1 to 10,000
 * @param maxAttempts how often the client itself tries a request, from 1 to 10. Low, so that Ralph waits where waiting is
 *     seen and counted
 * @param hideSecretsFromTools whether the client keeps variables that look like secrets, the API key among them, from the
 *     shell commands of the model
 * @param environment variables the client may inherit: names, or beginnings of names followed by {@code *}
 * @param variables variables it is given
 * @param prices what models cost; null for the table that comes with the adapter
 * @param grace time between SIGTERM and SIGKILL
 * @param linger how long it may take to end after its result
 */
public record GeminiAgentConfig(
        @Nullable List<String> command,
        @Nullable String apiKeySecret,
        @Nullable String model,
        ApprovalMode approvalMode,
        int maxTurns,
        int maxAttempts,
        boolean hideSecretsFromTools,
        List<String> environment,
        Map<String, String> variables,
        @Nullable PriceTable prices,
        Duration grace,
        Duration linger) {

    static final int MAX_TURNS = 10_000;
    static final int MAX_ATTEMPTS = 10;
    static final int DEFAULT_TURNS = 100;

    /**
     * What the client needs to find its way to its service: the variables of {@link LaunchEnvironment#BASIC}, proxies,
     * further certificates, and another address of the service.
     */
    public static final List<String> DEFAULT_ENVIRONMENT = Stream.concat(
                    LaunchEnvironment.BASIC.stream(),
                    Stream.of(
                            "HTTP_PROXY",
                            "HTTPS_PROXY",
                            "NO_PROXY",
                            "http_proxy",
                            "https_proxy",
                            "no_proxy",
                            "NODE_EXTRA_CA_CERTS",
                            "GOOGLE_GEMINI_BASE_URL"))
            .toList();

    /** Edits without asking, no shell commands; 100 turns; the client tries a request twice; 5 seconds of grace. */
    public static final GeminiAgentConfig DEFAULT = new GeminiAgentConfig(
            null,
            null,
            null,
            ApprovalMode.AUTO_EDIT,
            DEFAULT_TURNS,
            2,
            true,
            DEFAULT_ENVIRONMENT,
            Map.of(),
            null,
            Duration.ofSeconds(5),
            ClientProcess.LINGER);

    /**
     * Checks the values.
     *
     * @throws ConfigurationException if the command is empty or a text is blank
     * @throws InvalidValueException if a number or a time is outside its range
     */
    public GeminiAgentConfig {
        command = command == null ? null : List.copyOf(command);
        environment = List.copyOf(environment);
        variables = Map.copyOf(variables);
        if (command != null && (command.isEmpty() || command.get(0).isBlank())) {
            throw new ConfigurationException("the command of agent 'gemini' is empty; give the client's program");
        }
        requireText("apiKeySecret", apiKeySecret);
        requireText("model", model);
        inRange("gemini.maxTurns", maxTurns, MAX_TURNS);
        inRange("gemini.maxAttempts", maxAttempts, MAX_ATTEMPTS);
        notNegative("gemini.grace", grace);
        notNegative("gemini.linger", linger);
    }

    /** This, with what is not set taken from configuration values and defaults. */
    GeminiAgentConfig completed(ProviderContext context) {
        return new GeminiAgentConfig(
                command != null
                        ? command
                        : List.of(context.property(GeminiAgentProvider.COMMAND).orElse("gemini")),
                apiKeySecret != null
                        ? apiKeySecret
                        : ClientSecrets.name(context, GeminiAgentProvider.API_KEY_SECRET, GeminiAgent.API_KEY),
                model != null
                        ? model
                        : context.property(GeminiAgentProvider.MODEL).orElse(null),
                approvalMode,
                maxTurns,
                maxAttempts,
                hideSecretsFromTools,
                environment,
                variables,
                prices != null
                        ? prices
                        : PriceTable.configured(context, GeminiAgentProvider.PRICES, GeminiPrices::builtIn),
                grace,
                linger);
    }

    /** This, as one run wants it. */
    GeminiAgentConfig forRun(@Nullable String runModel, ApprovalMode runMode, int runTurns) {
        return new GeminiAgentConfig(
                command,
                apiKeySecret,
                runModel,
                runMode,
                runTurns,
                maxAttempts,
                hideSecretsFromTools,
                environment,
                variables,
                prices,
                grace,
                linger);
    }

    private static void requireText(String field, @Nullable String text) {
        if (text != null && text.isBlank()) {
            throw new ConfigurationException(
                    "the " + field + " of agent 'gemini' is blank; give a name, or leave it out");
        }
    }

    private static void inRange(String field, int value, int max) {
        if (value < 1 || value > max) {
            throw new InvalidValueException(field, value, "must be from 1 to " + max);
        }
    }

    private static void notNegative(String field, Duration value) {
        if (value.isNegative()) {
            throw new InvalidValueException(field, value, "must not be negative");
        }
    }

    /** Never values of variables. */
    @Override
    public String toString() {
        return "GeminiAgentConfig[model=" + model + ", approvalMode=" + approvalMode + ", maxTurns=" + maxTurns
                + ", variables=" + variables.keySet() + ", apiKeySecret=" + apiKeySecret + "]";
    }
}
