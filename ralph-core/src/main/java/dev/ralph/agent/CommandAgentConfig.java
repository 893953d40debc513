/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent;

import dev.ralph.ConfigurationException;
import dev.ralph.CostKind;
import dev.ralph.FailureClass;
import dev.ralph.agent.cli.LaunchEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a program is run as an agent.
 *
 * @param command the program and its arguments. {@code {promptFile}}, {@code {workspace}}, {@code {run}},
 *     {@code {iteration}} and {@code {attempt}} are replaced in each argument; no shell reads them. With
 *     {@code {promptFile}} the prompt is in that private file, otherwise on standard input
 * @param versionCommand prints the version as its first line, or null
 * @param environment variables it may inherit: names, or beginnings of names followed by {@code *}
 * @param variables variables it is given
 * @param secrets variables it is given from secrets: variable to name of the secret
 * @param exitCodes failure classes of exit codes; other codes than 0 are {@link FailureClass#AGENT_ERROR}, 126 and 127
 *     {@link FailureClass#NOT_INSTALLED}, above 128 {@link FailureClass#CRASHED}
 * @param json where in its JSON output to find what, or null if its output is plain text
 * @param grace time between SIGTERM and SIGKILL
 */
public record CommandAgentConfig(
        List<String> command,
        @Nullable List<String> versionCommand,
        List<String> environment,
        Map<String, String> variables,
        Map<String, String> secrets,
        Map<Integer, FailureClass> exitCodes,
        @Nullable JsonResult json,
        Duration grace) {

    /** What a program needs to find its way, and nothing that is likely to hold a secret. */
    public static final List<String> DEFAULT_ENVIRONMENT = LaunchEnvironment.BASIC;

    /**
     * Checks the values.
     *
     * @throws ConfigurationException if the command is empty, or an exit code is not from 1 to 255
     */
    public CommandAgentConfig {
        command = List.copyOf(command);
        versionCommand = versionCommand == null ? null : List.copyOf(versionCommand);
        environment = List.copyOf(environment);
        variables = Map.copyOf(variables);
        secrets = Map.copyOf(secrets);
        exitCodes = Map.copyOf(exitCodes);
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new ConfigurationException("a command agent needs a command; give the program and its arguments");
        }
        for (int code : exitCodes.keySet()) {
            if (code < 1 || code > 255) {
                throw new ConfigurationException(
                        "exit code " + code + " cannot mean a failure; give one from 1 to 255");
            }
        }
    }

    /** Never values of variables. */
    @Override
    public String toString() {
        return "CommandAgentConfig[" + command.get(0) + ", variables=" + variables.keySet() + ", secrets="
                + secrets.keySet() + "]";
    }

    /**
     * JSON pointers (RFC 6901) into the program's output: the last line of standard output that is a JSON object, or all
     * of standard output as one document.
     *
     * @param result the result text
     * @param error a boolean that is true if the program failed, or null
     * @param inputTokens tokens read, or null
     * @param outputTokens tokens written, or null
     * @param cacheReadTokens tokens read from the cache, or null
     * @param cacheWriteTokens tokens written to the cache, or null
     * @param cost US dollars, or null
     * @param costKind whether the cost is billed or estimated
     */
    public record JsonResult(
            String result,
            @Nullable String error,
            @Nullable String inputTokens,
            @Nullable String outputTokens,
            @Nullable String cacheReadTokens,
            @Nullable String cacheWriteTokens,
            @Nullable String cost,
            CostKind costKind) {

        /**
         * Checks the values.
         *
         * @throws ConfigurationException if one is not a JSON pointer
         */
        public JsonResult {
            requirePointer("result", result);
            requirePointer("error", error);
            requirePointer("inputTokens", inputTokens);
            requirePointer("outputTokens", outputTokens);
            requirePointer("cacheReadTokens", cacheReadTokens);
            requirePointer("cacheWriteTokens", cacheWriteTokens);
            requirePointer("cost", cost);
        }

        private static void requirePointer(String field, @Nullable String pointer) {
            if (pointer != null && !pointer.isEmpty() && pointer.charAt(0) != '/') {
                throw new ConfigurationException(
                        "the JSON pointer '" + pointer + "' for " + field + " must begin with '/', as in /result");
            }
        }

        /** Only the result text. */
        public static JsonResult of(String result) {
            return new JsonResult(result, null, null, null, null, null, null, CostKind.ESTIMATED);
        }
    }
}
