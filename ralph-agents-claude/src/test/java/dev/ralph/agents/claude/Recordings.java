/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the real client printed. */
public final class Recordings {

    private static final Path FOLDER = Path.of("src/test/resources/recordings").toAbsolutePath();
    private static final int SIGKILL = 137;

    private Recordings() {}

    public static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".stdout"))
                    .map(name -> name.substring(0, name.length() - ".stdout".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path stdout(String name) {
        return FOLDER.resolve(name + ".stdout");
    }

    public static Path stderr(String name) {
        return FOLDER.resolve(name + ".stderr");
    }

    public static List<String> lines(String name) {
        return read(stdout(name)).lines().toList();
    }

    /** The exit code; of a client that was killed, what a shell makes of it. */
    public static int exitCode(String name) {
        String text = read(FOLDER.resolve(name + ".exit")).strip();
        return text.equals("signal SIGKILL") ? SIGKILL : Integer.parseInt(text);
    }

    /** The rows of {@code expected.txt}. */
    public static List<String[]> expected() {
        return read(FOLDER.resolve("expected.txt"))
                .lines()
                .map(line -> line.split("\\s*\\|\\s*", -1))
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
