/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import dev.ralph.InvalidValueException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param command the program and its arguments, passed on as they are: no shell reads them. Other users of the host can
 *     see them; secrets belong into the environment, prompts into the input. A program without a slash is looked for in
 *     the absolute folders of {@code PATH} of {@code environment}
 * @param directory the working directory
 * @param environment the whole environment: nothing is inherited. The launcher adds {@code PWD} and
 *     {@code RALPH_PROCESS}; a shell that supervises may add {@code SHLVL} and {@code _}
 * @param input what it reads from standard input
 * @param limits how much of its output is passed on
 * @param timeouts how long it may take
 */
public record ProcessSpec(
        List<String> command,
        Path directory,
        Map<String, String> environment,
        ProcessInput input,
        OutputLimits limits,
        ProcessTimeouts timeouts) {

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if the command is empty, or an argument or a variable cannot be passed on to a
     *     process as it is
     */
    public ProcessSpec {
        command = List.copyOf(command);
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new InvalidValueException("command", command, "must begin with a program");
        }
        for (int index = 0; index < command.size(); index++) {
            if (command.get(index).indexOf('\0') >= 0) {
                throw new InvalidValueException(
                        "command[" + index + "]",
                        command.get(index).replace("\0", "\\0"),
                        "must not contain a NUL character; pass binary data by a file or standard input");
            }
        }
        directory = directory.toAbsolutePath();
        environment = Map.copyOf(environment);
        environment.forEach(Environment::check);
    }

    public static ProcessSpecBuilder builder(String... command) {
        return new ProcessSpecBuilder(List.of(command));
    }

    public static ProcessSpecBuilder builder(List<String> command) {
        return new ProcessSpecBuilder(command);
    }

    /** Never arguments, input or values of the environment. */
    @Override
    public String toString() {
        return "ProcessSpec[" + command.get(0) + " with " + (command.size() - 1) + " arguments in " + directory + "]";
    }
}
