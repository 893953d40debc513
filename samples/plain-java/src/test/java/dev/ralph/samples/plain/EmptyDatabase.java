/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A database without runs. Making one takes a second, copying one does not. */
final class EmptyDatabase {

    private static final String FILE = "runs.mv.db";
    private static final Path MADE = make();

    private EmptyDatabase() {}

    /** Puts one into a home folder that has none. */
    static void copyTo(Path home) throws IOException {
        Path file = home.resolve(FILE);
        if (!Files.exists(file)) {
            Files.createDirectories(home);
            Files.copy(MADE, file, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static Path make() {
        try {
            Path folder = Files.createTempDirectory("ralph-empty-");
            Path file = folder.resolve(FILE);
            new RalphProcess.Setup(folder, folder).here("resume", "01a20999-34af-7ef3-9b92-7ba6cc4895e8");
            try (var files = Files.walk(folder)) {
                files.forEach(each -> each.toFile().deleteOnExit());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
