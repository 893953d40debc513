/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that was not there before and that only its owner can read; deleted again unless it is to be kept. */
public final class NewPrivateFile implements AutoCloseable {

    private final Path path;
    private boolean kept;

    private NewPrivateFile(Path path) {
        this.path = path;
    }

    /**
     * Makes it.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it is there
     * @throws IOException if it cannot be made
     */
    public static NewPrivateFile create(Path path) throws IOException {
        PrivateFiles.createNewFile(path);
        return new NewPrivateFile(path);
    }

    /** Writes to it, in UTF-8. */
    public Writer writer() throws IOException {
        return Files.newBufferedWriter(path, StandardCharsets.UTF_8);
    }

    /** It is whole. */
    public void keep() {
        kept = true;
    }

    @Override
    public void close() throws IOException {
        if (!kept) {
            Files.deleteIfExists(path);
        }
    }
}
