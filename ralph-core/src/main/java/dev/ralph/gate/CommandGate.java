/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.gate;

import dev.ralph.ConfigurationException;
import dev.ralph.GateRef;
import dev.ralph.InvalidValueException;
import dev.ralph.internal.worker.StorableText;
import dev.ralph.process.Environment;
import dev.ralph.process.OutputSummary;
import dev.ralph.process.ProcessExit;
import dev.ralph.process.ProcessSpec;
import dev.ralph.process.ProcessStartException;
import dev.ralph.process.ProcessTimeouts;
import dev.ralph.spi.Gate;
import dev.ralph.spi.GateContext;
import dev.ralph.spi.GateVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Passes when a command, run in the workspace, ends with exit code 0. No shell reads the command. It inherits the
 * variables in {@link #DEFAULT_ENVIRONMENT} and those added, nothing else.
 *
 * @param name how results and feedback call it
 * @param command the program and its arguments
 * @param timeout after which it is ended and has rejected
 * @param environment more variables it may inherit: names, or beginnings of names followed by {@code *}
 */
public record CommandGate(String name, List<String> command, Duration timeout, List<String> environment)
        implements Gate {

    /** The {@link GateRef#type} of command gates. */
    public static final String TYPE = "command";

    /** What build tools need to find their way. */
    public static final List<String> DEFAULT_ENVIRONMENT = List.of(
            "PATH", "HOME", "USER", "LANG", "LC_*", "TZ", "TMPDIR", "JAVA_HOME", "M2_HOME", "MAVEN_*", "GRADLE_*");

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int MAX_NAME = 80;
    private static final String COMMAND = "command";
    private static final String TIMEOUT = "timeoutSeconds";
    private static final String ENVIRONMENT = "environment";

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if the command is empty, the time-out not longer than zero, or a text has what cannot be
     *     stored: a NUL character or half of a surrogate pair
     */
    public CommandGate {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new InvalidValueException("gate.command", command, "must begin with a program");
        }
        if (timeout.isNegative() || timeout.toSeconds() < 1) {
            throw new InvalidValueException("gate.timeout", timeout, "must be a second or longer");
        }
        // It is stored as its reference, which refuses what cannot be.
        ref(name, command, timeout, environment);
    }

    /** A gate named like its command, with a time-out of 10 minutes. */
    public static CommandGate of(List<String> command) {
        String name = String.join(" ", command);
        return new CommandGate(
                name.length() <= MAX_NAME ? name : StorableText.beginning(name, MAX_NAME - 1) + "…",
                command,
                DEFAULT_TIMEOUT,
                List.of());
    }

    public CommandGate withName(String value) {
        return new CommandGate(value, command, timeout, environment);
    }

    public CommandGate withTimeout(Duration value) {
        return new CommandGate(name, command, value, environment);
    }

    /** Lets it inherit more variables. */
    public CommandGate inheriting(String... patterns) {
        List<String> more = new ArrayList<>(environment);
        more.addAll(List.of(patterns));
        return new CommandGate(name, command, timeout, more);
    }

    @Override
    public GateRef ref() {
        return ref(name, command, timeout, environment);
    }

    private static GateRef ref(String name, List<String> command, Duration timeout, List<String> environment) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(COMMAND, command);
        settings.put(TIMEOUT, timeout.toSeconds());
        settings.put(ENVIRONMENT, environment);
        return new GateRef(TYPE, name, settings);
    }

    static CommandGate of(GateRef ref) {
        Object seconds = ref.settings().getOrDefault(TIMEOUT, DEFAULT_TIMEOUT.toSeconds());
        if (!(seconds instanceof Number number)) {
            throw new ConfigurationException("setting '" + TIMEOUT + "' of gate '" + ref.name() + "' must be a number");
        }
        return new CommandGate(
                ref.name(), texts(ref, COMMAND), Duration.ofSeconds(number.longValue()), texts(ref, ENVIRONMENT));
    }

    @Override
    public GateVerdict check(GateContext context) throws InterruptedException {
        List<String> inherited = new ArrayList<>(DEFAULT_ENVIRONMENT);
        inherited.addAll(environment);
        ProcessSpec spec = ProcessSpec.builder(command)
                .directory(context.workspace())
                .environment(Environment.allowing(inherited, System.getenv()).with(context.environment()))
                .timeouts(new ProcessTimeouts(timeout, timeout, GRACE))
                .build();
        try {
            ProcessExit exit = context.processes().start(spec, context.output()).await();
            return exit.successful() ? GateVerdict.pass() : GateVerdict.reject(feedback(exit));
        } catch (ProcessStartException e) {
            return GateVerdict.reject(e.getMessage());
        }
    }

    private String feedback(ProcessExit exit) {
        String ended = exit.exitCode().isPresent()
                ? "ended with exit code " + exit.exitCode().getAsInt()
                : "was ended: " + exit.end();
        StringBuilder feedback = new StringBuilder("'" + String.join(" ", command) + "' " + ended + " (" + exit.end()
                + " after " + exit.duration().toSeconds() + " s).\n");
        append(feedback, "standard output", exit.stdout());
        append(feedback, "standard error", exit.stderr());
        return feedback.toString();
    }

    private static void append(StringBuilder feedback, String channel, OutputSummary output) {
        String text = output.tail();
        if (!text.isBlank()) {
            feedback.append("End of its ")
                    .append(channel)
                    .append(":\n")
                    .append(text.strip())
                    .append('\n');
        }
    }

    private static List<String> texts(GateRef ref, String setting) {
        Object value = ref.settings().getOrDefault(setting, List.of());
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw new ConfigurationException(
                "setting '" + setting + "' of gate '" + ref.name() + "' must be a list of strings");
    }
}
