/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import dev.ralph.agent.cli.LaunchEnvironment;
import dev.ralph.agent.cli.VersionProbe;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.process.ProcessStartException;
import dev.ralph.spi.AgentProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out whether the client can be used, without spending anything: program, version, credentials. */
public final class ClaudeProbe {

    /** Version of the client whose output the tests have recordings of. */
    public static final String TESTED = "2.1.330";

    private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+\\.\\d+\\S*)(?: .*)?");

    private final ProcessLauncher processes;
    private final List<String> command;

    public ClaudeProbe(ProcessLauncher processes, List<String> command) {
        this.processes = processes;
        this.command = List.copyOf(command);
    }

    /**
     * Asks the client for its version and looks for credentials.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    public AgentProbe run(LaunchEnvironment environment, ClaudeCredentials credentials) throws InterruptedException {
        String line;
        try {
            VersionProbe.locate(processes, command, environment.environment());
            List<String> question = new ArrayList<>(command);
            question.add("--version");
            line = VersionProbe.ask(processes, question, environment.environment());
        } catch (ProcessStartException e) {
            return AgentProbe.notReady(
                    null,
                    String.valueOf(e.getMessage()),
                    "install it with: npm install -g @anthropic-ai/claude-code@" + TESTED
                            + ", or name its path in RALPH_CLAUDE_COMMAND");
        }
        Matcher version = VERSION.matcher(line == null ? "" : line);
        if (!version.matches()) {
            return AgentProbe.notReady(
                    null,
                    command.get(0)
                            + " --version does not print a version, so it is not Claude Code or does not work here",
                    "run that command by hand and mend what it says");
        }
        String missing = credentials.missing(environment);
        if (missing != null) {
            return AgentProbe.notReady(
                    version.group(1),
                    missing,
                    "set the environment variable " + credentials.keyName()
                            + " to an API key, or the property CLAUDE_API_KEY_SECRET to the name of the secret that holds"
                            + " it, or log in once with: claude");
        }
        return version.group(1).equals(TESTED)
                ? AgentProbe.ready(TESTED)
                : new AgentProbe(
                        version.group(1), true, "this version is not the one it was tested with, " + TESTED, null);
    }
}
