/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini;

import dev.ralph.ConfigurationException;
import dev.ralph.FailureClass;
import dev.ralph.InvalidValueException;
import dev.ralph.agent.cli.ClientOutcomes;
import dev.ralph.agent.cli.ClientProcess;
import dev.ralph.agent.cli.ClientSecrets;
import dev.ralph.agent.cli.JsonEventReader;
import dev.ralph.agent.cli.LaunchEnvironment;
import dev.ralph.agent.cli.PriceTable;
import dev.ralph.agents.gemini.internal.EnvironmentFile;
import dev.ralph.agents.gemini.internal.GeminiArguments;
import dev.ralph.agents.gemini.internal.GeminiHome;
import dev.ralph.agents.gemini.internal.GeminiPrices;
import dev.ralph.agents.gemini.internal.GeminiProbe;
import dev.ralph.agents.gemini.internal.GeminiPrompt;
import dev.ralph.agents.gemini.internal.GeminiTranscript;
import dev.ralph.process.ProcessInput;
import dev.ralph.process.ProcessSpec;
import dev.ralph.process.ProcessStartException;
import dev.ralph.process.ProcessTimeouts;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.AgentProbe;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import dev.ralph.spi.UsageReport;
import dev.ralph.spi.UsageReporting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the Gemini command-line client ({@code @google/gemini-cli}) as an agent, headless, in a fresh session each time. The
 * prompt reaches it on standard input, the API key in its environment. It works with a private home, so that a developer's
 * own settings, extensions and MCP servers stay out; those of the workspace count. Thread-safe.
 */
public final class GeminiAgent implements AgentAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(GeminiAgent.class);

    /** The variable the client reads its key from. */
    private static final String API_KEY = "GEMINI_API_KEY";

    private final String id;
    private final GeminiAgentConfig config;
    private final ProviderContext context;
    private final ClientSecrets secrets;
    private final List<String> command;
    private final String secretName;
    private final GeminiSettings settings;
    private final PriceTable prices;

    GeminiAgent(String id, GeminiAgentConfig config, ProviderContext context) {
        this.id = id;
        this.config = config;
        this.context = context;
        this.secrets = new ClientSecrets(id, context.secrets());
        this.command = config.command().isEmpty()
                ? List.of(context.property(GeminiAgentProvider.COMMAND).orElse("gemini"))
                : config.command();
        this.secretName = config.apiKeySecret() != null
                ? config.apiKeySecret()
                : ClientSecrets.name(
                        context, GeminiAgentProvider.API_KEY_SECRET, GeminiAgentProvider.DEFAULT_API_KEY_SECRET);
        this.settings = config.settings().model() == null
                ? config.settings()
                        .with(
                                id,
                                context.property(GeminiAgentProvider.MODEL)
                                        .<Map<String, Object>>map(model -> Map.of("model", model))
                                        .orElse(Map.of()))
                : config.settings();
        this.prices = config.prices() != null
                ? config.prices()
                : PriceTable.configured(context, GeminiAgentProvider.PRICES, GeminiPrices::builtIn);
    }

    /** Starts the set-up of an agent with an id of its own. */
    public static GeminiAgentBuilder builder(String id) {
        return new GeminiAgentBuilder(id);
    }

    @Override
    public String id() {
        return id;
    }

    /** At the end: the client tells its usage in its result, so an attempt is bounded by time and turns. */
    @Override
    public UsageReporting usageReporting() {
        return UsageReporting.FINAL;
    }

    @Override
    public String modelProvider() {
        return "gcp.gemini";
    }

    @Override
    public AgentProbe probe() {
        try (GeminiHome home = GeminiHome.create(context.processes().privateFolder(), config, settings)) {
            return new GeminiProbe(context.processes(), secrets, System.getenv())
                    .of(command, secretName, environment(home, Map.of()));
        } catch (IOException e) {
            return GeminiProbe.withoutFolder(e);
        } catch (InvalidValueException e) {
            return AgentProbe.notReady(null, String.valueOf(e.getMessage()), "correct the set-up of the agent");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return AgentProbe.notReady(null, "the probe was interrupted", "probe again");
        }
    }

    @Override
    public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener) throws InterruptedException {
        GeminiSettings effective;
        try {
            effective = settings.with(id, invocation.settings());
        } catch (ConfigurationException e) {
            return ClientOutcomes.invalid(e);
        }
        Optional<Path> planted = EnvironmentFile.seenFrom(invocation.workspace());
        if (planted.isPresent()) {
            return notLaunched(
                    FailureClass.INVALID_ARGUMENT,
                    "the client would take its environment from " + planted.get()
                            + ", which could send the API key elsewhere; move that file away, and give the agent what it"
                            + " needs of it with 'variable'");
        }
        String input = GeminiPrompt.input(invocation.prompt());
        if (GeminiPrompt.tooLong(input)) {
            return notLaunched(
                    FailureClass.PROMPT_REJECTED,
                    "the prompt is longer than the " + GeminiPrompt.MAX_BYTES + " bytes the client reads; shorten it");
        }
        try (GeminiHome home = GeminiHome.create(context.processes().privateFolder(), config, effective)) {
            LaunchEnvironment environment =
                    environment(home, invocation.environment()).with(API_KEY, key());
            return environment.masked(run(effective, environment, input, invocation, listener));
        } catch (IOException e) {
            return notLaunched(FailureClass.CRASHED, "its private folder cannot be made: " + e);
        } catch (ProcessStartException e) {
            return ClientOutcomes.notStarted(e);
        } catch (InvalidValueException e) {
            return notLaunched(FailureClass.INVALID_ARGUMENT, String.valueOf(e.getMessage()));
        } catch (ConfigurationException e) {
            return notLaunched(FailureClass.AUTHENTICATION, String.valueOf(e.getMessage()));
        }
    }

    private AgentOutcome run(
            GeminiSettings effective,
            LaunchEnvironment environment,
            String input,
            AgentInvocation invocation,
            AgentListener listener)
            throws InterruptedException {
        ProcessSpec spec = ProcessSpec.builder(GeminiArguments.of(command, effective))
                .directory(invocation.workspace())
                .environment(environment.environment())
                .input(ProcessInput.text(input))
                .limits(JsonEventReader.LIMITS)
                .timeouts(new ProcessTimeouts(
                        invocation.allowance().timeout(), invocation.allowance().idleTimeout(), config.grace()))
                .build();
        GeminiTranscript transcript = new GeminiTranscript(listener, prices, context.clock());
        AgentOutcome outcome = ClientProcess.run(context.processes(), spec, transcript, listener, config.linger());
        if (transcript.unknown() > 0 || transcript.unknownFields() > 0) {
            LOG.info(
                    "Gemini printed {} lines and {} fields that are not understood, in run {}, iteration {}",
                    transcript.unknown(),
                    transcript.unknownFields(),
                    invocation.run(),
                    invocation.iteration());
        }
        return outcome;
    }

    private LaunchEnvironment environment(GeminiHome home, Map<String, String> trace) {
        return LaunchEnvironment.inheriting(config.environment())
                .with(trace)
                .with(config.variables())
                .with(home.variables());
    }

    private Secret key() {
        return secrets.require(secretName);
    }

    private static AgentOutcome notLaunched(FailureClass failure, String message) {
        return ClientOutcomes.failed(failure, message, UsageReport.NOTHING);
    }

    @Override
    public String toString() {
        return "GeminiAgent[" + id + ", " + config + "]";
    }
}
