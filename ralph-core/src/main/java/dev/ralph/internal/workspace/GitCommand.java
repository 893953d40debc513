/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One call of git.
 *
 * @param directory the directory it runs in
 * @param arguments what follows {@code git}, not interpreted by any shell
 * @param environment the complete environment; nothing is inherited
 * @param input what git reads on standard input, as UTF-8; may be empty
 * @param outputLimit how many bytes of standard output are kept; the rest is read and dropped
 * @param timeout after which git and all it started are killed
 */
public record GitCommand(
        Path directory,
        List<String> arguments,
        Map<String, String> environment,
        String input,
        long outputLimit,
        Duration timeout) {

    /** Copies the collections. */
    public GitCommand {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    GitCommand withOutputLimit(long bytes) {
        return new GitCommand(directory, arguments, environment, input, bytes, timeout);
    }

    /**
     * The command line for messages, without the settings that every call carries.
     *
     * @return {@code git} and the arguments that tell this call from others
     */
    String summary() {
        int from = 0;
        while (from + 1 < arguments.size() && arguments.get(from).equals("-c")) {
            from += 2;
        }
        List<String> rest = arguments.subList(from, Math.min(arguments.size(), from + 6));
        return "git " + String.join(" ", rest);
    }
}
