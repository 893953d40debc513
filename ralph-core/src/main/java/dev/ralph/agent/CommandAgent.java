/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent;

import dev.ralph.ConfigurationException;
import dev.ralph.FailureClass;
import dev.ralph.InvalidValueException;
import dev.ralph.process.ContainedProcess;
import dev.ralph.process.Environment;
import dev.ralph.process.OutputChannel;
import dev.ralph.process.OutputLimits;
import dev.ralph.process.ProcessEnd;
import dev.ralph.process.ProcessExit;
import dev.ralph.process.ProcessInput;
import dev.ralph.process.ProcessListener;
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
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs any command-line program as an agent. The prompt reaches it on standard input or in a private file, never in its
 * arguments; its result is the end of its standard output, or what JSON pointers find there.
 */
public final class CommandAgent implements AgentAdapter {

    private static final int RESULT_CHARS = 1 << 20;

    /** No limit but on lines: the claim stands at the end, however much comes before, and only the end is kept. */
    private static final OutputLimits LIMITS = new OutputLimits(RESULT_CHARS, Long.MAX_VALUE, Long.MAX_VALUE);

    private static final long ACTIVITY_CHARS = 64L << 20;
    private static final int ERROR_CHARS = 4000;
    private static final int MESSAGE_CHARS = 500;
    private static final int SIGNAL_BASE = 128;
    private static final Duration PROBE_TIME = Duration.ofSeconds(10);

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
            ProcessSpec spec = spec(config, config.command(), ProcessInput.none(), here(), PROBE_TIME, PROBE_TIME);
            context.processes().locate(spec);
            return AgentProbe.ready(version(config));
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
            return failed(FailureClass.INVALID_ARGUMENT, e.getMessage(), UsageReport.NOTHING);
        }
        try (PromptDelivery prompt = PromptDelivery.of(effective.command(), invocation)) {
            return run(effective, prompt, invocation, listener);
        } catch (UncheckedIOException e) {
            return failed(FailureClass.CRASHED, e.getMessage() + ": " + e.getCause(), UsageReport.NOTHING);
        } catch (ProcessStartException e) {
            return failed(failureOf(e.reason()), e.getMessage(), UsageReport.NOTHING);
        } catch (InvalidValueException e) {
            return failed(FailureClass.INVALID_ARGUMENT, e.getMessage(), UsageReport.NOTHING);
        } catch (ConfigurationException e) {
            return failed(FailureClass.AUTHENTICATION, e.getMessage(), UsageReport.NOTHING);
        }
    }

    private AgentOutcome run(
            CommandAgentConfig effective, PromptDelivery prompt, AgentInvocation invocation, AgentListener listener)
            throws InterruptedException {
        TextTail output = new TextTail(RESULT_CHARS);
        TextTail errors = new TextTail(ERROR_CHARS);
        ProcessSpec spec = spec(
                effective,
                prompt.command(),
                prompt.input(),
                invocation.workspace(),
                invocation.allowance().timeout(),
                invocation.allowance().idleTimeout());
        ContainedProcess process = context.processes().start(spec, new ProcessListener() {

            private long told;

            @Override
            public void line(OutputChannel channel, String line, boolean cut) {
                (channel == OutputChannel.STDOUT ? output : errors).add(line, cut);
                if (channel == OutputChannel.STDOUT && told < ACTIVITY_CHARS) {
                    told += line.length() + 1;
                    listener.text(line + "\n");
                }
            }
        });
        ProcessExit exit = process.await();
        return masked(effective, spec, outcome(effective, exit, output, errors));
    }

    private AgentOutcome outcome(CommandAgentConfig effective, ProcessExit exit, TextTail output, TextTail errors) {
        JsonOutput json = effective.json() == null ? null : new JsonOutput(effective.json());
        UsageReport usage = json == null ? UsageReport.UNKNOWN : json.usage(output);
        if (exit.end() == ProcessEnd.WALL_TIMEOUT) {
            return failed(FailureClass.TIMEOUT, "it did not end in time, after " + exit.duration(), usage);
        }
        if (exit.end() == ProcessEnd.IDLE_TIMEOUT) {
            return failed(FailureClass.IDLE, "it printed nothing for the idle time-out", usage);
        }
        if (exit.end() != ProcessEnd.EXITED || exit.exitCode().isEmpty()) {
            return failed(FailureClass.CRASHED, "its process was ended: " + exit.end(), usage);
        }
        int code = exit.exitCode().getAsInt();
        if (code != 0) {
            return failed(failureOf(effective, code), withLastError("it ended with exit code " + code, errors), usage);
        }
        return json != null
                ? json.read(output)
                : new AgentOutcome.Finished(
                        output.text(), output.cut() || exit.stdout().cut(), usage);
    }

    private static FailureClass failureOf(CommandAgentConfig effective, int code) {
        FailureClass configured = effective.exitCodes().get(code);
        if (configured != null) {
            return configured;
        }
        if (code == 126 || code == 127) {
            return FailureClass.NOT_INSTALLED;
        }
        return code > SIGNAL_BASE ? FailureClass.CRASHED : FailureClass.AGENT_ERROR;
    }

    private static FailureClass failureOf(ProcessStartException.Reason reason) {
        return switch (reason) {
            case NOT_FOUND, NOT_EXECUTABLE -> FailureClass.NOT_INSTALLED;
            case BAD_DIRECTORY, BAD_INPUT -> FailureClass.INVALID_ARGUMENT;
            case OTHER -> FailureClass.CRASHED;
        };
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

    private ProcessSpec spec(
            CommandAgentConfig effective,
            List<String> command,
            ProcessInput input,
            Path directory,
            Duration wall,
            Duration idle) {
        return ProcessSpec.builder(command)
                .directory(directory)
                .environment(environment(effective))
                .input(input)
                .limits(LIMITS)
                .timeouts(new ProcessTimeouts(wall, idle, effective.grace()))
                .build();
    }

    private Environment environment(CommandAgentConfig effective) {
        Environment environment =
                Environment.allowing(effective.environment(), System.getenv()).with(effective.variables());
        for (Map.Entry<String, String> secret : effective.secrets().entrySet()) {
            environment =
                    environment.with(secret.getKey(), secret(secret.getValue()).reveal());
        }
        return environment;
    }

    private Secret secret(String name) {
        return context.secrets()
                .find(name)
                .orElseThrow(() -> new ConfigurationException(
                        "agent '" + id + "' needs the secret '" + name + "', which no secret source has; set it"));
    }

    /** Programs print what they are given; a message must not carry it on. */
    private static AgentOutcome masked(CommandAgentConfig effective, ProcessSpec spec, AgentOutcome outcome) {
        if (outcome instanceof AgentOutcome.Failed failed
                && !effective.secrets().isEmpty()) {
            String message = failed.message();
            for (String variable : effective.secrets().keySet()) {
                message = message.replace(spec.environment().getOrDefault(variable, ""), "[redacted]");
            }
            return new AgentOutcome.Failed(failed.failure(), message, failed.retryAfter(), failed.usage());
        }
        return outcome;
    }

    private @Nullable String version(CommandAgentConfig effective) throws InterruptedException {
        if (effective.versionCommand() == null) {
            return null;
        }
        List<String> command = new ArrayList<>(effective.versionCommand());
        TextTail lines = new TextTail(MESSAGE_CHARS);
        ProcessExit exit = context.processes()
                .start(
                        spec(effective, command, ProcessInput.none(), here(), PROBE_TIME, PROBE_TIME),
                        new ProcessListener() {
                            @Override
                            public void line(OutputChannel channel, String line, boolean cut) {
                                lines.add(line, cut);
                            }
                        })
                .await();
        return exit.successful() ? lines.text().lines().findFirst().orElse(null) : null;
    }

    private static String withLastError(String what, TextTail errors) {
        String last = errors.lastLine().strip();
        return last.isEmpty() ? what : what + ": " + last.substring(0, Math.min(last.length(), MESSAGE_CHARS));
    }

    private static AgentOutcome failed(FailureClass failure, String message, UsageReport usage) {
        return new AgentOutcome.Failed(failure, message, null, usage);
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }
}
