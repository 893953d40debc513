/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.properties;

import dev.ralph.FailureClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A program that is an agent; see {@link dev.ralph.agent.CommandAgentConfig}.
 *
 * @param command The program and its arguments; no shell reads them. Without {promptFile} in one of them the prompt is on
 *     standard input.
 * @param versionCommand Prints the version as its first line.
 * @param environment More variables of the environment it inherits: names, or beginnings of names followed by an asterisk.
 * @param variables Variables it is given.
 * @param secrets Variables it is given from secrets, from variable to name of the secret.
 * @param exitCodes What exit codes from 1 to 255 mean.
 * @param grace Time between SIGTERM and SIGKILL, 0 to 365 days.
 */
public record CommandAgentProperties(
        @DefaultValue List<String> command,
        @DefaultValue List<String> versionCommand,
        @DefaultValue List<String> environment,
        @DefaultValue Map<String, String> variables,
        @DefaultValue Map<String, String> secrets,
        @DefaultValue Map<Integer, FailureClass> exitCodes,
        @DefaultValue("5s") Duration grace) {

    /** Copies lists and maps. */
    public CommandAgentProperties {
        command = List.copyOf(command);
        versionCommand = List.copyOf(versionCommand);
        environment = List.copyOf(environment);
        variables = Map.copyOf(variables);
        secrets = Map.copyOf(secrets);
        exitCodes = Map.copyOf(exitCodes);
    }

    /** Without values of variables. */
    @Override
    public String toString() {
        return "CommandAgentProperties[command=" + (command.isEmpty() ? "" : command.get(0)) + ", variables="
                + variables.keySet() + ", secrets=" + secrets.keySet() + "]";
    }
}
