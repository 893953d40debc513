/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent;

import dev.ralph.ConfigurationException;
import dev.ralph.FailureClass;
import dev.ralph.InvalidValueException;
import dev.ralph.RalphException;
import dev.ralph.agent.cli.ClientOutcomes;
import dev.ralph.agent.cli.ClientProcess;
import dev.ralph.agent.cli.ClientSecrets;
import dev.ralph.agent.cli.LaunchEnvironment;
import dev.ralph.agent.cli.VersionProbe;
import dev.ralph.process.Environment;
import dev.ralph.process.OutputLimits;
import dev.ralph.process.ProcessSpec;
import dev.ralph.process.ProcessStartException;
import dev.ralph.process.ProcessTimeouts;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.AgentProbe;
import dev.ralph.spi.Allowance;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.UsageReport;
import dev.ralph.spi.UsageReporting;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs any command-line program as an agent. The prompt reaches it on standard input or in a private file, never in its
 * arguments; its result is the end of its standard output, or what JSON pointers find there.
 */
public final class CommandAgent implements AgentAdapter {

    /** No limit but on lines: the claim stands at the end, however much comes before, and only the end is kept. */
    private static final OutputLimits LIMITS =
            new OutputLimits(ClientOutcomes.RESULT_CHARS, Long.MAX_VALUE, Long.MAX_VALUE);

    private final String id;
    private final @Nullable CommandAgentConfig config;
    private final ProviderContext context;

    CommandAgent(String id, @Nullable CommandAgentConfig config, ProviderContext context) {
        this.id = id;
        this.config = config;
        this.context = context;
    }

    /** Starts the set-up of an agent with an id of its own. */
    public static CommandAgentBuilder builder(String id) {
        return new CommandAgentBuilder(id);
    }

    @Override
    public String id() {
        return id;
    }

    /** At the end: what a program prints is read when it has ended. */
    @Override
    public UsageReporting usageReporting() {
        return UsageReporting.FINAL;
    }

    @Override
    public AgentProbe probe() {
        if (config == null) {
            return AgentProbe.notReady(
                    null,
                    "it has no command of its own",
                    "name it in a run together with the setting 'command', or build one with CommandAgent.builder");
        }
        try {
            Environment environment = environment(config, Map.of()).environment();
            VersionProbe.locate(context.processes(), config.command(), environment);
            List<String> versionCommand = config.versionCommand();
            return AgentProbe.ready(
                    versionCommand == null ? null : VersionProbe.ask(context.processes(), versionCommand, environment));
        } catch (ProcessStartException | ConfigurationException e) {
            return AgentProbe.notReady(null, e.getMessage(), "see the problem");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return AgentProbe.notReady(null, "the probe was interrupted", "probe again");
        }
    }

    @Override
    public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener) throws InterruptedException {
        CommandAgentConfig effective;
        try {
            effective = effective(invocation.settings());
        } catch (ConfigurationException e) {
            return ClientOutcomes.invalid(e);
        }
        try (PromptDelivery prompt = PromptDelivery.of(
                effective.command(), invocation, context.processes().privateFolder())) {
            return run(effective, prompt, invocation, listener);
        } catch (UncheckedIOException e) {
            return ClientOutcomes.failed(
                    FailureClass.CRASHED, e.getMessage() + ": " + e.getCause(), UsageReport.NOTHING);
        } catch (ProcessStartException e) {
            return ClientOutcomes.notStarted(e);
        } catch (InvalidValueException e) {
            return failed(FailureClass.INVALID_ARGUMENT, e);
        } catch (ConfigurationException e) {
            return failed(FailureClass.AUTHENTICATION, e);
        }
    }

    private AgentOutcome run(
            CommandAgentConfig effective, PromptDelivery prompt, AgentInvocation invocation, AgentListener listener)
            throws InterruptedException {
        LaunchEnvironment environment = environment(effective, invocation.environment());
        Allowance allowance = invocation.allowance();
        ProcessSpec spec = ProcessSpec.builder(prompt.command())
                .directory(invocation.workspace())
                .environment(environment.environment())
                .input(prompt.input())
                .limits(LIMITS)
                .timeouts(new ProcessTimeouts(allowance.timeout(), allowance.idleTimeout(), effective.grace()))
                .build();
        CommandTranscript transcript = new CommandTranscript(effective, listener);
        return environment.masked(
                ClientProcess.run(context.processes(), spec, transcript, listener, ClientProcess.LINGER));
    }

    private LaunchEnvironment environment(CommandAgentConfig effective, Map<String, String> trace) {
        ClientSecrets secrets = new ClientSecrets(id, context.secrets());
        LaunchEnvironment environment = LaunchEnvironment.inheriting(effective.environment())
                .with(trace)
                .with(effective.variables());
        for (Map.Entry<String, String> secret : effective.secrets().entrySet()) {
            environment = environment.with(secret.getKey(), secrets.require(secret.getValue()));
        }
        return environment;
    }

    private static AgentOutcome failed(FailureClass failure, RalphException problem) {
        return ClientOutcomes.failed(failure, String.valueOf(problem.getMessage()), UsageReport.NOTHING);
    }

    private CommandAgentConfig effective(Map<String, Object> settings) {
        if (config == null) {
            return CommandSettings.read(settings);
        }
        if (!settings.isEmpty()) {
            throw new ConfigurationException("agent '" + id
                    + "' is set up by its host and takes no settings, but the run gives " + settings.keySet());
        }
        return config;
    }
}
