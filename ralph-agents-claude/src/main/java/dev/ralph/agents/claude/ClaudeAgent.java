/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude;

import dev.ralph.ConfigurationException;
import dev.ralph.FailureClass;
import dev.ralph.InvalidValueException;
import dev.ralph.agent.cli.ClientOutcomes;
import dev.ralph.agent.cli.ClientProcess;
import dev.ralph.agent.cli.JsonEventReader;
import dev.ralph.agent.cli.LaunchEnvironment;
import dev.ralph.agents.claude.internal.ClaudeArguments;
import dev.ralph.agents.claude.internal.ClaudeCredentials;
import dev.ralph.agents.claude.internal.ClaudeProbe;
import dev.ralph.agents.claude.internal.ClaudeSession;
import dev.ralph.agents.claude.internal.ClaudeSessions;
import dev.ralph.agents.claude.internal.ClaudeTranscript;
import dev.ralph.agents.claude.internal.SystemPromptFile;
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
import dev.ralph.spi.UsageReport;
import dev.ralph.spi.UsageReporting;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs Claude Code through its command-line client, one launch an iteration: {@code claude -p} with the prompt on standard
 * input and JSON events on standard output.
 */
public final class ClaudeAgent implements AgentAdapter {

    private final String id;
    private final ClaudeAgentConfig config;
    private final List<String> command;
    private final ClaudeCredentials credentials;
    private final ProviderContext context;
    private final ClaudeSessions sessions = new ClaudeSessions();

    ClaudeAgent(String id, ClaudeAgentConfig config, ProviderContext context) {
        this.id = id;
        this.config = config;
        this.context = context;
        this.command = config.command().isEmpty()
                ? List.of(context.property(ClaudeAgentProvider.COMMAND).orElse("claude"))
                : config.command();
        this.credentials = ClaudeCredentials.of(id, config.apiKeySecret(), context);
    }

    /** Starts the set-up of an agent with an id of its own. */
    public static ClaudeAgentBuilder builder(String id) {
        return new ClaudeAgentBuilder(id);
    }

    @Override
    public String id() {
        return id;
    }

    /** Partly: what was read streams with each answer, what was written is known at the end. */
    @Override
    public UsageReporting usageReporting() {
        return UsageReporting.PARTIAL;
    }

    @Override
    public String modelProvider() {
        return "anthropic";
    }

    @Override
    public AgentProbe probe() {
        try {
            return new ClaudeProbe(context.processes(), command).run(environment(Map.of()), credentials);
        } catch (ConfigurationException | InvalidValueException e) {
            return AgentProbe.notReady(null, String.valueOf(e.getMessage()), "see the problem");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return AgentProbe.notReady(null, "the probe was interrupted", "probe again");
        }
    }

    @Override
    public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener) throws InterruptedException {
        ClaudeSettings settings;
        try {
            settings = config.settings().with(id, invocation.settings());
        } catch (ConfigurationException e) {
            return ClientOutcomes.invalid(e);
        }
        try (SystemPromptFile systemPrompt =
                SystemPromptFile.of(context.processes().privateFolder(), settings.appendSystemPrompt())) {
            return new Attempt(settings, systemPrompt, environment(invocation.environment()), invocation, listener)
                    .run();
        } catch (ConfigurationException e) {
            return ClientOutcomes.failed(
                    FailureClass.AUTHENTICATION, String.valueOf(e.getMessage()), UsageReport.NOTHING);
        } catch (ProcessStartException e) {
            return ClientOutcomes.notStarted(e);
        } catch (InvalidValueException e) {
            return ClientOutcomes.failed(
                    FailureClass.INVALID_ARGUMENT, String.valueOf(e.getMessage()), UsageReport.NOTHING);
        } catch (IOException e) {
            return ClientOutcomes.failed(
                    FailureClass.CRASHED,
                    "the file for the appended system prompt cannot be written: " + e,
                    UsageReport.NOTHING);
        }
    }

    private LaunchEnvironment environment(Map<String, String> trace) {
        return credentials.addTo(
                LaunchEnvironment.inheriting(config.environment()).with(trace).with(config.variables()));
    }

    /** One invocation: a launch, and another one if the session it was to go on with is not there. */
    private final class Attempt {

        private final ClaudeSettings settings;
        private final SystemPromptFile systemPrompt;
        private final LaunchEnvironment environment;
        private final AgentInvocation invocation;
        private final AgentListener listener;
        private final long startedAt = System.nanoTime();

        Attempt(
                ClaudeSettings settings,
                SystemPromptFile systemPrompt,
                LaunchEnvironment environment,
                AgentInvocation invocation,
                AgentListener listener) {
            this.settings = settings;
            this.systemPrompt = systemPrompt;
            this.environment = environment;
            this.invocation = invocation;
            this.listener = listener;
        }

        AgentOutcome run() throws InterruptedException {
            ClaudeSession session = settings.resumeSession() ? sessions.take(invocation.run()) : null;
            AgentOutcome outcome = launch(session);
            return environment.masked(outcome == null ? Objects.requireNonNull(launch(null)) : outcome);
        }

        /** The outcome; null if there was a session to go on with and the client could not open it. */
        private @Nullable AgentOutcome launch(@Nullable ClaudeSession session) throws InterruptedException {
            Duration left = invocation.allowance().timeout().minusNanos(System.nanoTime() - startedAt);
            Duration wall = left.compareTo(Duration.ofMillis(1)) > 0 ? left : Duration.ofMillis(1);
            ProcessSpec spec = ProcessSpec.builder(new ClaudeArguments(command, settings)
                            .of(session, systemPrompt.path(), invocation.allowance()))
                    .directory(invocation.workspace())
                    .environment(environment.environment())
                    .input(ProcessInput.text(invocation.prompt()))
                    .limits(JsonEventReader.LIMITS)
                    .timeouts(new ProcessTimeouts(wall, invocation.allowance().idleTimeout(), config.grace()))
                    .build();
            ClaudeTranscript transcript = new ClaudeTranscript(listener, context.clock(), session);
            AgentOutcome outcome = ClientProcess.run(context.processes(), spec, transcript, listener, config.linger());
            if (session != null && !transcript.begun() && refused(outcome)) {
                return null;
            }
            ClaudeSession next = transcript.session();
            if (settings.resumeSession() && next != null && mayGoOn(outcome)) {
                sessions.keep(invocation.run(), next);
            }
            return outcome;
        }

        /** A session the client does not have any more is an error like any other, but it has spent nothing. */
        private static boolean refused(AgentOutcome outcome) {
            return outcome instanceof AgentOutcome.Failed failed
                    && (failed.failure() == FailureClass.INVALID_ARGUMENT
                            || failed.failure() == FailureClass.AGENT_ERROR);
        }

        /** After other failures the session may be what is wrong: it is too long, or was cut off in mid-sentence. */
        private static boolean mayGoOn(AgentOutcome outcome) {
            return !(outcome instanceof AgentOutcome.Failed failed)
                    || failed.failure().isTransient();
        }
    }

    @Override
    public String toString() {
        return "ClaudeAgent[" + id + ", " + config + "]";
    }
}
