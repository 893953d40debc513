/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import dev.ralph.process.ProcessStartException.Reason;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the program of a command before anything is started, so that what is missing is said clearly. */
final class CommandResolver {

    private CommandResolver() {}

    /** The command with its program by absolute path. */
    static List<String> resolve(ProcessSpec spec) {
        checkDirectory(spec.directory());
        if (spec.input() instanceof ProcessInput.File file && !Files.isReadable(file.path())) {
            throw new ProcessStartException(
                    Reason.BAD_INPUT,
                    "Input file " + file.path() + " does not exist or cannot be read; name one this user can read.");
        }
        if (HostTools.isWindows()) {
            return spec.command();
        }
        List<String> command = new ArrayList<>(spec.command());
        String program = command.get(0);
        Path found = program.contains("/") ? named(spec.directory(), program) : searched(spec, program);
        command.set(0, found.toString());
        return command;
    }

    private static void checkDirectory(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new ProcessStartException(
                    Reason.BAD_DIRECTORY,
                    "Working directory " + directory + (Files.exists(directory) ? " is a file" : " does not exist")
                            + "; name an existing directory.");
        }
        if (!Files.isExecutable(directory)) {
            throw new ProcessStartException(
                    Reason.BAD_DIRECTORY,
                    "Working directory " + directory + " cannot be entered by user " + System.getProperty("user.name")
                            + "; give it the permission, or name another directory.");
        }
    }

    private static Path named(Path directory, String program) {
        Path path = directory.resolve(path(program));
        if (!Files.exists(path)) {
            throw new ProcessStartException(
                    Reason.NOT_FOUND, "Program " + path + " does not exist; install it or correct its path.");
        }
        if (!isProgram(path)) {
            throw notExecutable(path);
        }
        return path;
    }

    private static Path searched(ProcessSpec spec, String program) {
        String searched = spec.environment().getOrDefault("PATH", "");
        List<Path> refused = new ArrayList<>();
        for (String folder : searched.split(Pattern.quote(File.pathSeparator), -1)) {
            // An empty or relative entry would let the working directory replace programs.
            if (!folder.startsWith("/")) {
                continue;
            }
            Path candidate = path(folder).resolve(path(program));
            if (isProgram(candidate)) {
                return candidate;
            }
            if (Files.isRegularFile(candidate)) {
                refused.add(candidate);
            }
        }
        if (!refused.isEmpty()) {
            throw notExecutable(refused.get(0));
        }
        throw new ProcessStartException(
                Reason.NOT_FOUND,
                "Program '" + program + "' was not found in PATH '" + searched
                        + "' of the process's environment; install"
                        + " it, name it by its absolute path, or add its folder to that PATH.");
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    private static ProcessStartException notExecutable(Path path) {
        return new ProcessStartException(
                Reason.NOT_EXECUTABLE,
                "Program " + path + " cannot be executed by user " + System.getProperty("user.name")
                        + "; make it an executable file (chmod +x) or name another program.");
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ProcessStartException(
                    Reason.NOT_FOUND, "'" + text + "' is not a path on this host; correct it.", e);
        }
    }
}
