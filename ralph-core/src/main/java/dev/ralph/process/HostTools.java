/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Programs of the operating system that contain processes, by absolute path. */
final class HostTools {

    private static final List<String> USUAL_FOLDERS =
            List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin");

    private final List<Path> folders;

    HostTools(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    static HostTools ofThisHost() {
        if (isWindows()) {
            return new HostTools(List.of());
        }
        Set<Path> folders = new LinkedHashSet<>();
        List<String> names = new ArrayList<>(USUAL_FOLDERS);
        String path = System.getenv("PATH");
        if (path != null) {
            names.addAll(List.of(path.split(Pattern.quote(File.pathSeparator), -1)));
        }
        for (String name : names) {
            try {
                Path folder = Path.of(name);
                if (folder.isAbsolute()) {
                    folders.add(folder);
                }
            } catch (InvalidPathException e) {
                // No folder, so nothing is in it.
            }
        }
        return new HostTools(List.copyOf(folders));
    }

    static boolean isWindows() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    /** The usual system folders come before those of {@code PATH}: a supervisor must be what the host's owner installed. */
    Optional<Path> find(String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
