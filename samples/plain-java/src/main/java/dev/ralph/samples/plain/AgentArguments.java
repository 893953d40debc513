/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.samples.plain.option.SpecOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The agent's program and its arguments, as they stand at the end of a command line. */
final class AgentArguments {

    private AgentArguments() {}

    /**
     * Without it a forgotten option name would make its value the agent's program.
     *
     * @throws ParameterException if there are some and no {@code --}
     */
    static void requireDelimiter(CommandSpec command, SpecOptions options) {
        if (options.hasAgentArguments()
                && !command.commandLine().getParseResult().originalArgs().contains("--")) {
            throw new ParameterException(
                    command.commandLine(),
                    "the agent's program and its arguments must follow --; if the first of them is meant as the task,"
                            + " write --prompt before it");
        }
    }
}
