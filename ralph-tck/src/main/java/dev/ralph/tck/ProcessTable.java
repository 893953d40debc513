/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The processes of a Linux host, as {@code /proc} shows them. A process that is dead but not yet reaped shows nothing. */
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    /** The command line of every process that has one. */
    static List<String> commandLines() {
        return processes()
                .map(process -> read(process, "cmdline"))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Processes that an agent of {@link AgentScript} started in {@code workspace}, itself included. */
    static List<String> startedByAgentIn(Path workspace) {
        String witness = AgentScript.WITNESS + "=" + workspace + " ";
        return listed(process -> read(process, "environ").contains(witness));
    }

    /** Processes that work in {@code workspace}, or have its path in their environment or arguments. */
    static List<String> processesOf(Path workspace) {
        return listed(process -> belongsTo(process, workspace));
    }

    private static List<String> listed(Predicate<Path> wanted) {
        return processes()
                .filter(wanted)
                .map(process -> process.getFileName() + " " + read(process, "cmdline"))
                .toList();
    }

    private static boolean belongsTo(Path process, Path workspace) {
        String path = workspace.toString();
        return workingDirectory(process)
                        .map(directory -> directory.startsWith(workspace))
                        .orElse(false)
                || read(process, "environ").contains(path)
                || read(process, "cmdline").contains(path);
    }

    private static Stream<Path> processes() {
        try (Stream<Path> entries = Files.list(PROC)) {
            return entries
                    .filter(entry -> entry.getFileName().toString().chars().allMatch(Character::isDigit))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> workingDirectory(Path process) {
        try {
            return Optional.of(Files.readSymbolicLink(process.resolve("cwd")));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static String read(Path process, String file) {
        try {
            return new String(Files.readAllBytes(process.resolve(file)), StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }
}
