/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.option;

import dev.ralph.AgentRef;
import dev.ralph.InvalidValueException;
import dev.ralph.agent.CommandAgentProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which agents a run uses, in the order it falls back from one to the next. */
public final class AgentOptions {

    @Option(
            names = "--agent",
            paramLabel = "ID",
            description =
                    "Agent to use; give it again for the ones to fall back to, in order. 'ralph agents' lists them."
                            + " Without any: every agent that is ready, RALPH_AGENT first.")
    private List<String> ids = new ArrayList<>();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "Model of the agent, which --agent must name; short for --agent-setting model=MODEL.")
    private @Nullable String model;

    @Option(
            names = "--agent-setting",
            paramLabel = "[ID:]NAME=VALUE",
            description = "Setting for the agent that --agent names, as its documentation has them: approvalMode=yolo,"
                    + " maxTurns=20, allowedTools='[\"Bash(mvn:*)\"]'. With several agents put the id before it:"
                    + " gemini:maxTurns=20. Give it again for more.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--agent-command",
            paramLabel = "COMMAND",
            description =
                    "Use this program as the agent 'command': it reads the prompt from standard input, or from the"
                            + " file an argument names as {promptFile}. Split like --gate; or put the program and its arguments"
                            + " after -- unsplit. It stands in the order of agents where --agent command does, else last.")
    private @Nullable String command;

    @Option(
            names = "--agent-env",
            paramLabel = "NAME",
            description =
                    "Variable the program of --agent-command may inherit, or the beginning of names followed by *."
                            + " Without any it has PATH, HOME and the like, and no secrets.")
    private List<String> environment = new ArrayList<>();

    @Parameters(
            arity = "0..*",
            paramLabel = "-- PROGRAM ARGUMENT",
            hideParamSyntax = true,
            description = "The agent's program and its arguments, as --agent-command but unsplit.")
    private List<String> argv = new ArrayList<>();

    /** For picocli. */
    public AgentOptions() {}

    /** Whether a program was given as words of its own. */
    public boolean hasArguments() {
        return !argv.isEmpty();
    }

    /**
     * The agents in order; empty for {@code auto}.
     *
     * @throws InvalidValueException if they contradict each other
     */
    public List<AgentRef> agents() {
        List<String> words = words();
        AgentSettings own = new AgentSettings(ids, settings, model);
        if (words.isEmpty()) {
            if (!environment.isEmpty()) {
                throw new InvalidValueException(
                        "--agent-env",
                        environment,
                        "is for --agent-command, which is missing; other agents know theirs");
            }
            if (ids.contains(CommandAgentProvider.ID)) {
                throw new InvalidValueException(
                        "--agent",
                        CommandAgentProvider.ID,
                        "needs a program; add --agent-command, or -- and the program and its arguments");
            }
            return ids.stream().map(own::of).toList();
        }
        List<String> order = new ArrayList<>(ids);
        if (!order.contains(CommandAgentProvider.ID)) {
            order.add(CommandAgentProvider.ID);
        }
        Map<String, Object> program = new LinkedHashMap<>();
        program.put("command", words);
        if (!environment.isEmpty()) {
            program.put("environment", List.copyOf(environment));
        }
        return order.stream()
                .map(id -> id.equals(CommandAgentProvider.ID) ? new AgentRef(id, program) : own.of(id))
                .toList();
    }

    private List<String> words() {
        if (command != null && !argv.isEmpty()) {
            throw new InvalidValueException("--agent-command", command, "was given and -- too; give one of them");
        }
        return command != null ? CommandWords.split("--agent-command", command) : List.copyOf(argv);
    }
}
