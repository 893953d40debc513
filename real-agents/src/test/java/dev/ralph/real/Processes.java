/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The processes of this host, as {@code /proc} shows them. One that is dead but not yet reaped shows nothing. */
final class Processes {

    private static final Path PROC = Path.of("/proc");

    private Processes() {}

    /** Those that work in a folder, or have its path in their environment or arguments; this JVM is not among them. */
    static List<String> of(Path folder) {
        return all().filter(process -> belongsTo(process, folder))
                .map(process -> process.getFileName() + " " + read(process, "cmdline"))
                .toList();
    }

    /** The arguments of every process, one text each. */
    static List<String> arguments() {
        return all().map(process -> read(process, "cmdline")).toList();
    }

    private static boolean belongsTo(Path process, Path folder) {
        return worksIn(process, folder)
                || read(process, "environ").contains(folder.toString())
                || read(process, "cmdline").contains(folder.toString());
    }

    private static boolean worksIn(Path process, Path folder) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).startsWith(folder);
        } catch (IOException gone) {
            return false;
        }
    }

    private static Stream<Path> all() {
        String self = Long.toString(ProcessHandle.current().pid());
        try (Stream<Path> entries = Files.list(PROC)) {
            return entries
                    .filter(entry -> entry.getFileName().toString().chars().allMatch(Character::isDigit))
                    .filter(entry -> !entry.getFileName().toString().equals(self))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
